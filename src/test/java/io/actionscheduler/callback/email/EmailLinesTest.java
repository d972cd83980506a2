package io.actionscheduler.callback.email;

import static io.actionscheduler.callback.email.EmailWorld.callback;
import static io.actionscheduler.callback.email.EmailWorld.deliver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.ScriptedSmtp;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mail is ASCII in lines that each server takes, and says what was meant. */
class EmailLinesTest {

  @Test
  void namesOfSenderAndRecipientsAreEncoded() throws Exception {
    MimeMessage mail =
        sent(
            Map.of("from", "Mäd Mäx <m.m@example.com>"),
            Map.of(
                "recipient",
                "Иван <ivan@example.com>, \"Müller, Ö.\" <o@example.com>, Plain <p@example.com>,"
                    + " =?UTF-8?Q?J=C3=B6rg?= <j@example.com>, bare@example.com"));
    assertThat(mail.getHeader("From")[0])
        .isEqualTo("=?UTF-8?Q?M=C3=A4d_M=C3=A4x?= <m.m@example.com>");
    assertThat(mail.getRecipients(Message.RecipientType.TO))
        .extracting(address -> ((InternetAddress) address).getPersonal())
        .containsExactly("Иван", "Müller, Ö.", "Plain", "Jörg", null);
    assertThat(mail.getHeader("To")[0]).startsWith("=?UTF-8?").contains("Plain <p@example.com>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "0123456789",
        "ж",
        "𝄞",
        "=?UTF-8?Q?no?=",
        "a b",
        "word ",
        "äb",
      })
  void aLongSubjectIsFoldedAndReadAsItWas(String piece) throws Exception {
    for (int times : new int[] {1, 100, 1_300, 5_000}) {
      String subject = piece.repeat(times).strip();
      MimeMessage mail = sent(Map.of(), Map.of("recipient", "a@example.com", "subject", subject));
      assertThat(mail.getSubject()).isEqualTo(subject);
    }
  }

  /** Lines are folded where blanks begin: many of them in a row are one piece. */
  @Test
  void manyBlanksInARowAreNoLongLine() throws Exception {
    String subject = "a" + " ".repeat(1_500) + "b";
    MimeMessage mail = sent(Map.of(), Map.of("recipient", "a@example.com", "subject", subject));
    assertThat(mail.getSubject()).isEqualTo(subject);
  }

  @Test
  void aDomainOfAnyLanguageIsWrittenAsTheDomainNameSystemDoes() throws Exception {
    MimeMessage mail =
        sent(
            Map.of("from", "Büro <s@bücher.example>"),
            Map.of("recipient", "Ü <ops@münchen.example>"));
    assertThat(mail.getHeader("From")[0]).endsWith("<s@xn--bcher-kva.example>");
    assertThat(mail.getHeader("To")[0]).endsWith("<ops@xn--mnchen-3ya.example>");
    assertThat(mail.getMessageID()).endsWith("@xn--bcher-kva.example>");
  }

  /** Each item of a list is one address; in a text, commas separate addresses. */
  @Test
  void aCommaInANameOfAListSeparatesNothing() throws Exception {
    MimeMessage mail =
        sent(
            Map.of(),
            Map.of(
                "recipient",
                List.of(
                    "Doe, John <john@example.com>",
                    "\"Roe, Jane\" <jane@example.com>",
                    "b@x.org")));
    assertThat(mail.getRecipients(Message.RecipientType.TO))
        .extracting(address -> ((InternetAddress) address).getPersonal())
        .containsExactly("Doe, John", "Roe, Jane", null);
  }

  @Test
  void aCommaInANameOfAListInTheSettingsSeparatesNothing() throws Exception {
    MimeMessage mail =
        sent(
            Map.of(
                "recipient.0", "Doe, John <john@example.com>",
                "recipient.1", "b@x.org",
                "recipient.2", "\"Roe, Jane\" <jane@example.com>"),
            Map.of());
    assertThat(mail.getRecipients(Message.RecipientType.TO))
        .extracting(address -> ((InternetAddress) address).getPersonal())
        .containsExactly("Doe, John", null, "Roe, Jane");
  }

  /** Encoded, a name has up to six times its letters. */
  @ParameterizedTest
  @ValueSource(strings = {"ж", "é", "x", "𝄞"})
  void aNameThatIsTooLongForALineIsRefused(String letter) throws Exception {
    for (int times : new int[] {50, 150, 300, 450, 880, 2_000}) {
      String recipient = letter.repeat(times) + " <a@example.com>";
      try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
        Reported reported =
            deliver(smtp.port(), Map.of(), Deliveries.of("x", "x", Map.of("recipient", recipient)));
        if (reported.failed().isEmpty()) {
          await().until(() -> !smtp.mails().isEmpty()); // kept just behind the server's answer
          assertThat(smtp.mails().get(0).lines()).allMatch(line -> line.length() <= 998);
        } else {
          assertThat(times).isGreaterThan(50);
          assertThat(reported.failed().get(0)).hasMessageContaining("longer than 900 characters");
        }
      }
    }
  }

  @Test
  void aLongNameOfAnActionIsFoldedInItsHeaderToo() throws Exception {
    String name = "n".repeat(3_000);
    MimeMessage mail =
        sent(Map.of(), Deliveries.of(name, "x", Map.of("recipient", "a@example.com")));
    assertThat(mail.getSubject()).isEqualTo(name);
    assertThat(MimeUtility.decodeText(MimeUtility.unfold(mail.getHeader("X-Action-Name")[0])))
        .isEqualTo(name);
  }

  @Test
  void aLongLineOfTheTextIsNotOneOfTheMail() throws Exception {
    for (String text : List.of("x".repeat(5_000), "ж".repeat(5_000), "a\n" + "y z".repeat(2_000))) {
      MimeMessage mail =
          sent(Map.of(), Deliveries.of("a", text, Map.of("recipient", "a@example.com")));
      assertThat(mail.getContent().toString().replace("\r\n", "\n").strip()).isEqualTo(text);
    }
  }

  @Test
  void manyRecipientsAreOnLinesOfTheirOwn() throws Exception {
    StringBuilder to = new StringBuilder("first@example.com");
    for (int i = 1; i < 100; i++) {
      to.append(", ").append("r".repeat(60)).append(i).append("@example.com");
    }
    assertThat(sent(Map.of(), Map.of("recipient", to.toString())).getAllRecipients()).hasSize(100);
  }

  @Test
  void anAddressThatFitsNoLineIsRefused() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
      String name = "n".repeat(2_000);
      Delivery fire = Deliveries.of("a", "b", Map.of("recipient", name + " <a@example.com>"));
      Reported reported = deliver(smtp.port(), Map.of(), fire);
      assertThat(reported.failed().get(0).kind()).isEqualTo(Kind.PERMANENT);
      assertThatThrownBy(() -> callback(smtp.port(), Map.of("from", name + " <a@example.com>")))
          .isInstanceOf(InvalidSetting.class);
    }
  }

  private static MimeMessage sent(Map<String, String> settings, Map<String, Object> parameters)
      throws Exception {
    return sent(settings, Deliveries.of("a", "b", parameters));
  }

  /** As it was on the wire, every line of which is looked at. */
  private static MimeMessage sent(Map<String, String> settings, Delivery fire) throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
      assertThat(deliver(smtp.port(), settings, fire).failed()).isEmpty();
      await().until(() -> !smtp.mails().isEmpty()); // kept just behind the server's answer
      String text = smtp.mails().get(0);
      assertThat(text.lines()).allMatch(line -> line.length() <= 998, "at most 998 bytes long");
      assertThat(text.chars()).allMatch(c -> c < 0x7f);
      return new MimeMessage(
          Session.getInstance(new Properties()),
          new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }
}
