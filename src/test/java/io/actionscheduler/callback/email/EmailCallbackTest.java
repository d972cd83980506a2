package io.actionscheduler.callback.email;

import static io.actionscheduler.callback.email.EmailWorld.REMINDER;
import static io.actionscheduler.callback.email.EmailWorld.callback;
import static io.actionscheduler.callback.email.EmailWorld.deliver;
import static io.actionscheduler.callback.email.EmailWorld.header;
import static io.actionscheduler.callback.email.EmailWorld.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.TestMail;
import jakarta.mail.internet.MimeMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mail says, and to whom. */
class EmailCallbackTest {
  @Test
  void recipientAndSubjectMayComeFromTheParameters() throws Exception {
    MimeMessage mail = sent(Map.of(), REMINDER);
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("admin@company.com");
    assertThat(mail.getSubject()).isEqualTo("Daily report ready");
    assertThat(mail.getContent().toString().strip()).isEqualTo("remind");
    assertThat(mail.getFrom()[0]).hasToString("Scheduler <scheduler@example.com>");
  }

  @Test
  void theFireIsToldInHeadersAndNamesTheMail() throws Exception {
    MimeMessage mail = sent(Map.of(), REMINDER);
    assertThat(mail.getMessageID()).isEqualTo("<fire.7=402026-11-20T10=3A00=3A00Z@example.com>");
    assertThat(header(mail, "X-Fire-Id")).isEqualTo("7@2026-11-20T10:00:00Z");
    assertThat(header(mail, "X-Action-Name")).isEqualTo("Daily reminder");
    assertThat(header(mail, "X-Scheduled-Time")).isEqualTo("2026-11-20T10:00:00Z");
    assertThat(header(mail, "X-Attempt")).isEqualTo("1");
    assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(mail.getSentDate()).isEqualTo("2026-11-20T10:00:00Z");
  }

  @Test
  void subjectAndBodyAreTemplatesInAnyLanguage() throws Exception {
    Map<String, String> settings =
        Map.of("subject", "Готово: {name} ✓", "body", "Отчёт {parameters.n}\n.\n.. {command}");
    Delivery fire =
        Deliveries.of("Утро", "make", Map.of("recipient", "Анна <anna@example.com>", "n", 3L));
    MimeMessage mail = sent(settings, fire);
    assertThat(mail.getSubject()).isEqualTo("Готово: Утро ✓");
    assertThat(mail.getContent().toString().replace("\r\n", "\n").strip())
        .isEqualTo("Отчёт 3\n.\n.. make");
    assertThat(mail.getAllRecipients()[0].toString()).contains("anna@example.com");
  }

  @Test
  void severalRecipientsGetOneMail() throws Exception {
    Delivery listed =
        Deliveries.of("x", "x", Map.of("recipient", List.of("a@example.com", "b@example.com")));
    assertThat(sent(Map.of(), listed).getAllRecipients()).hasSize(2);
    assertThat(sent(Map.of("recipient", "a@x.org, B <b@x.org>"), REMINDER).getAllRecipients())
        .hasSize(2);
  }

  @Test
  void noValueCanAddAHeaderOrARecipient() throws Exception {
    Delivery evil =
        Deliveries.of(
            "x\r\nBcc: evil@example.com\r\n\r\nbody",
            "text",
            Map.of("recipient", "a@example.com", "subject", "s\nTo: evil@example.com\u2028X-A: b"));
    MimeMessage mail = sent(Map.of(), evil);
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getHeader("X-A")).isNull();
    assertThat(mail.getSubject()).isEqualTo("s To: evil@example.com X-A: b");
    assertThat(Collections.list(mail.getAllHeaderLines()))
        .noneMatch(line -> line.startsWith("Bcc") || line.startsWith("To: evil"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nobody",
        "a@example.com\r\nRCPT TO:<evil@example.com>",
        "a@example.com>\nDATA",
        "<a@example.com",
        "a b@example.com",
        "everyone: a@example.com, b@example.com;",
        "анна@example.com",
        "[\"a@example.com\"",
      })
  void aRecipientThatIsNoneIsGivenUpAtOnce(String recipient) throws Exception {
    Delivery fire = Deliveries.of("x", "x", Map.of("recipient", recipient));
    try (TestMail mail = TestMail.start()) {
      CallbackException why = deliver(mail.port(), Map.of(), fire).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(why).hasMessageContaining("recipient");
      assertThat(mail.taken()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7@2026-11-20T10:00:00Z, <fire.7=402026-11-20T10=3A00=3A00Z@x>",
    "rest:a.b@2026-11-20T10:00:00.5Z#1, "
        + "<fire.rest=3Aa=2Eb=402026-11-20T10=3A00=3A00=2E5Z=231@x>",
  })
  void anyFireIdBecomesAnIdOfItsOwn(String fire, String id) {
    assertThat(MessageId.of(fire, "x")).isEqualTo(id);
    assertThat(MessageId.of("ж".repeat(500), "x")).hasSizeLessThan(80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "from=; callbacks.mail.from: required",
        "from=nobody; callbacks.mail.from: \"nobody\" is not allowed",
        "security=ssl; callbacks.mail.security: \"ssl\" is not allowed",
        "recipient=@; callbacks.mail.recipient: \"@\" is not an address",
        "recipient=a@example.com, nobody; callbacks.mail.recipient: \"a@example.com, nobody\"",
        "recipient.0=nobody; callbacks.mail.recipient: \"nobody\" is not an address",
        "username=x; callbacks.mail.password: required",
        "subject={nmae}; callbacks.mail.subject: {nmae} is unknown",
        "port=0; callbacks.mail.port: \"0\" is not allowed",
      })
  void wrongSettingsAreToldAtTheStart(String setting, String told) {
    String[] pair = setting.split("=", 2);
    assertThatThrownBy(() -> callback(25, Map.of(pair[0], pair[1])))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(told);
  }
}
