package io.actionscheduler.callback.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.ScriptedSmtp;
import io.actionscheduler.testing.TestCertificate;
import io.actionscheduler.testing.TestMail;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailCallbackTest {
  private static final Map<String, Object> TO_ADMIN =
      Map.of("recipient", "admin@company.com", "subject", "Daily report ready");
  private static final Delivery REMINDER = Deliveries.of("Daily reminder", "remind", TO_ADMIN);

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.in(folder);
  }

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

  @Test
  void aLoginIsUsedWhereThereIsOne() throws Exception {
    try (TestMail mail = TestMail.start()) {
      mail.demandLogin("bot", "sesame");
      Map<String, String> login = Map.of("username", "bot", "password", "sesame");
      assertThat(deliver(mail.port(), login, REMINDER).delivered()).hasSize(1);
      Map<String, String> wrong = Map.of("username", "bot", "password", "guess");
      CallbackException why = deliver(mail.port(), wrong, REMINDER).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.AWAY);
      assertThat(why.outcomeUnknown()).isFalse();
      assertThat(why).hasMessageNotContaining("guess");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT TO, 550 5.1.1 no such user, PERMANENT, false",
    "RCPT TO, 450 4.2.1 mailbox busy, REFUSED, false",
    "RCPT TO, 452 4.2.2 full, REFUSED, false",
    "MAIL FROM, 550 5.7.1 not you, PERMANENT, false",
    "MAIL FROM, 451 later, REFUSED, false",
    "MAIL FROM, 530 5.7.0 log in first, AWAY, false",
    "DATA, 554 no, PERMANENT, false",
    "DATA, 451 later, REFUSED, false",
    "., 554 spam, PERMANENT, false",
    "., 452 disk full, REFUSED, false",
    "., 421 closing, AWAY, false",
    "., hang up, AWAY, true",
    "MAIL FROM, 421 too many, AWAY, false",
    "EHLO, 554 no, AWAY, false",
  })
  void theReplyDecides(String command, String reply, Kind kind, boolean unknown) throws Exception {
    UnaryOperator<String> script =
        line -> line.startsWith(command) && !line.startsWith("..") ? reply : "";
    UnaryOperator<String> always =
        command.equals("EHLO")
            ? line -> line.startsWith("EHLO") || line.startsWith("HELO") ? reply : ""
            : script;
    try (ScriptedSmtp smtp = new ScriptedSmtp(always)) {
      CallbackException why = deliver(smtp.port(), Map.of(), REMINDER).failed().get(0);
      assertThat(why.kind()).as(why.getMessage()).isEqualTo(kind);
      assertThat(why.outcomeUnknown()).isEqualTo(unknown);
      if (!reply.equals("hang up")) {
        assertThat(why).hasMessageContaining(reply.split(" ")[0]);
      }
      assertThat(smtp.mails()).isEmpty();
    }
  }

  @Test
  void aRecipientThatIsRefusedKeepsTheMailFromAllOfThem() throws Exception {
    UnaryOperator<String> script = line -> line.contains("gone@") ? "550 no such user" : "";
    try (ScriptedSmtp smtp = new ScriptedSmtp(script)) {
      Delivery both =
          Deliveries.of("x", "x", Map.of("recipient", "here@example.com, gone@example.com"));
      Reported reported = deliver(smtp.port(), Map.of(), both, REMINDER);
      assertThat(reported.delivered()).containsExactly(1);
      assertThat(reported.failed().get(0))
          .hasMessageContaining("gone@example.com")
          .hasMessageNotContaining("here@");
      assertThat(smtp.mails()).hasSize(1);
      assertThat(smtp.connections()).isEqualTo(1);
    }
  }

  @Test
  void aBatchGoesOverOneConnectionAndOverAnotherWhereTheServerHangsUp() throws Exception {
    int[] taken = {0};
    UnaryOperator<String> hangsUp =
        line -> line.startsWith("MAIL") && ++taken[0] % 4 == 0 ? "421 enough" : "";
    try (ScriptedSmtp patient = new ScriptedSmtp(line -> "");
        ScriptedSmtp hasty = new ScriptedSmtp(hangsUp)) {
      List<Delivery> batch = Collections.nCopies(10, REMINDER);
      Reported all = Reported.on(callback(patient.port(), Map.of()), batch);
      assertThat(all.delivered()).hasSize(10);
      assertThat(patient.connections()).isEqualTo(1);

      Reported most = Reported.on(callback(hasty.port(), Map.of()), batch);
      assertThat(most.delivered()).containsExactly(0, 1, 2, 4, 5, 6, 8, 9);
      assertThat(most.failed().values()).allMatch(why -> why.kind() == Kind.AWAY);
      assertThat(hasty.connections()).isEqualTo(3);
    }
  }

  @Test
  void aServerWithoutTlsIsNotSpokenToInTheClear() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
      Map<String, String> settings =
          Map.of("security", "starttls", "username", "bot", "password", "sesame");
      CallbackException why = deliver(smtp.port(), settings, REMINDER).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.AWAY);
      assertThat(why).hasMessageContaining("STARTTLS");
    }
  }

  @Test
  void aServerThatNobodyVouchesForGetsNoMail() throws Exception {
    try (TestMail mail = TestMail.startTls()) {
      CallbackException why =
          deliver(mail.port(), Map.of("security", "tls"), REMINDER).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.AWAY);
      assertThat(why).hasMessageContaining("certification path");
    }
  }

  @ParameterizedTest
  @CsvSource({"starttls, localhost", "starttls, 127.0.0.1", "tls, localhost", "tls, 127.0.0.1"})
  void mailGoesOverTlsToAServerWhoseCertificateItIsGiven(String security, String host)
      throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.secured(certificate.server(), security.equals("tls"))) {
      Map<String, String> settings =
          Map.of(
              "host", host,
              "security", security,
              "tls_ca", certificate.certificate().toString());
      Reported reported = deliver(smtp.port(), settings, REMINDER);
      assertThat(reported.failed()).isEmpty();
      assertThat(smtp.mails()).hasSize(1);
      assertThat(deliver(smtp.port(), Map.of("security", security), REMINDER).failed().get(0))
          .hasMessageContaining("certification path");
      assertThat(smtp.mails()).hasSize(1);
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

  private static MimeMessage sent(Map<String, String> settings, Delivery fire) throws Exception {
    try (TestMail mail = TestMail.start()) {
      Reported reported = deliver(mail.port(), settings, fire);
      assertThat(reported.failed()).isEmpty();
      return mail.taken().get(0);
    }
  }

  private static String header(MimeMessage mail, String name) throws Exception {
    return mail.getHeader(name)[0];
  }

  private static Reported deliver(int port, Map<String, String> settings, Delivery... fires)
      throws Exception {
    BatchCallback callback = callback(port, settings);
    try {
      return Reported.on(callback, List.of(fires));
    } finally {
      callback.close();
    }
  }

  private static BatchCallback callback(int port, Map<String, String> settings)
      throws InvalidSetting {
    Map<String, String> all = new HashMap<>();
    all.put("host", "127.0.0.1");
    all.put("port", Integer.toString(port));
    all.put("security", "none");
    all.put("from", "Scheduler <scheduler@example.com>");
    all.putAll(settings);
    return new EmailFactory("email_notification")
        .create(new CallbackSettings("mail", "email_notification", "callbacks.mail", all));
  }
}
