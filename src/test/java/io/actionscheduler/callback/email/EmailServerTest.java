package io.actionscheduler.callback.email;

import static io.actionscheduler.callback.email.EmailWorld.REMINDER;
import static io.actionscheduler.callback.email.EmailWorld.callback;
import static io.actionscheduler.callback.email.EmailWorld.deliver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.ScriptedSmtp;
import io.actionscheduler.testing.TestCertificate;
import io.actionscheduler.testing.TestMail;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a mail by what the server says, or does not. */
class EmailServerTest {
  @TempDir private static Path folder;
  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.in(folder);
  }

  @Test
  void aLoginIsUsedWhereThereIsOne() throws Exception {
    try (TestMail mail = TestMail.start()) {
      mail.demandLogin("bot", "sesame");
      Map<String, String> login = Map.of("username", "bot", "password", "sesame");
      assertThat(deliver(mail.port(), login, REMINDER).delivered()).hasSize(1);
      Map<String, String> wrong = Map.of("username", "bot", "password", "guess");
      CallbackException why = deliver(mail.port(), wrong, REMINDER).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(why.outcomeUnknown()).isFalse();
      assertThat(why).hasMessageNotContaining("guess");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT TO, 550 5.1.1 no such user, PERMANENT, false",
    "RCPT TO, 450 4.2.1 mailbox busy, REFUSED, false",
    "RCPT TO, 452 4.2.2 full, REFUSED, false",
    "MAIL FROM, 550 5.7.1 not you, UNAVAILABLE, false", // it is that of the settings, not of a fire
    "MAIL FROM, 552 5.3.4 too large, PERMANENT, false",
    "MAIL FROM, 451 later, REFUSED, false",
    "MAIL FROM, 530 5.7.0 log in first, UNAVAILABLE, false",
    "DATA, 554 no, PERMANENT, false",
    "DATA, 451 later, REFUSED, false",
    "., 554 spam, PERMANENT, false",
    "., 452 disk full, REFUSED, false",
    "., 421 closing, UNAVAILABLE, false",
    "., hang up, UNAVAILABLE, true",
    "MAIL FROM, 421 too many, UNAVAILABLE, false",
    "EHLO, 554 no, UNAVAILABLE, false",
    "RCPT TO, 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname, UNAVAILABLE, false",
    "RCPT TO, 550 5.7.1 <box>: Helo command rejected: Host not found, UNAVAILABLE, false",
    "RCPT TO, 450 4.7.1 <box>: Helo command rejected: Host not found, UNAVAILABLE, false",
    "RCPT TO, 550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1), UNAVAILABLE, false",
    "RCPT TO, 554 5.7.1 <unknown[10.0.0.1]>: Client host rejected: Access denied, UNAVAILABLE, false",
    "., 550 bad EHLO argument, UNAVAILABLE, false",
    "RCPT TO, 553 5.7.1 <box>: Sender address rejected: not owned by user, UNAVAILABLE, false",
    "RCPT TO, 450 4.1.8 <box>: Sender address rejected: Domain not found, UNAVAILABLE, false",
    "RCPT TO, 550 Sender verify failed, UNAVAILABLE, false",
    "., 550 5.7.60 SMTP; Client does not have permissions to send as this sender, UNAVAILABLE, false",
    "., 554 5.2.252 SendAsDenied; box not allowed to send as box, UNAVAILABLE, false",
    "RCPT TO, 550 5.1.1 <sender.verification@example.com>: unknown, PERMANENT, false",
    "RCPT TO, 504 5.5.2 <box>: Recipient address rejected: need fully-qualified address, PERMANENT, false",
    "RCPT TO, 550 5.1.1 <helo@example.com>: no such user, PERMANENT, false",
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
      assertThat(most.failed().values()).allMatch(why -> why.kind() == Kind.UNAVAILABLE);
      assertThat(hasty.connections()).isEqualTo(3);
    }
  }

  /** Some servers put what comes behind a number of mails aside, or refuse it. */
  @Test
  void aConnectionHasTenMailsOrAsManyAsIsSet() throws Exception {
    List<Delivery> batch = Collections.nCopies(25, REMINDER);
    try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
      assertThat(Reported.on(callback(smtp.port(), Map.of()), batch).delivered()).hasSize(25);
      assertThat(smtp.connections()).isEqualTo(3);
    }
    try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
      Map<String, String> settings = Map.of("mails_per_connection", "100");
      assertThat(Reported.on(callback(smtp.port(), settings), batch).delivered()).hasSize(25);
      assertThat(smtp.connections()).isEqualTo(1);
    }
  }

  @Test
  void theServerIsGreetedWithAFullNameOrAnAddress() throws Exception {
    assertThat(greeting(Map.of()))
        .matches("EHLO ([A-Za-z0-9-]+\\.)+[A-Za-z][A-Za-z0-9-]+|EHLO \\[127\\.0\\.0\\.1]");
    assertThat(greeting(Map.of("helo_name", "jobs.example.com")))
        .isEqualTo("EHLO jobs.example.com");
    assertThat(greeting(Map.of("helo_name", "[10.0.0.5]"))).isEqualTo("EHLO [10.0.0.5]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "jobs", "a_b.example.com", "10.0.0.5", "x.example.com y", "-a.de"})
  void aGreetingThatServersRefuseIsRefusedAtTheStart(String name) {
    assertThatThrownBy(() -> callback(25, Map.of("helo_name", name)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("callbacks.mail.helo_name: \"" + name + "\" is not allowed")
        .hasMessageContaining("jobs.example.com");
  }

  @Test
  void anAddressOfIpv6IsGreetedWithAsSuch() throws Exception {
    InetAddress address = InetAddress.getByName("fe80::1");
    assertThat(ClientName.of(address))
        .satisfies(name -> assertThat(ClientName.isValid(name)).isTrue());
  }

  private static String greeting(Map<String, String> settings) throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    UnaryOperator<String> script =
        line -> {
          heard.add(line);
          return "";
        };
    try (ScriptedSmtp smtp = new ScriptedSmtp(script)) {
      assertThat(deliver(smtp.port(), settings, REMINDER).delivered()).hasSize(1);
    }
    return heard.get(0);
  }

  @Test
  void aServerWithoutTlsIsNotSpokenToInTheClear() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
      Map<String, String> settings =
          Map.of("security", "starttls", "username", "bot", "password", "sesame");
      CallbackException why = deliver(smtp.port(), settings, REMINDER).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(why).hasMessageContaining("STARTTLS").hasMessageContaining("security: none");
    }
  }

  @Test
  void aServerThatNobodyVouchesForGetsNoMail() throws Exception {
    try (TestMail mail = TestMail.startTls()) {
      CallbackException why =
          deliver(mail.port(), Map.of("security", "tls"), REMINDER).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
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
}
