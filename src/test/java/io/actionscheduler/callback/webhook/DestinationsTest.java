package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.actionscheduler.callback.CallbackException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "2852039166",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "100.100.100.200",
        "168.63.129.16",
        "[fe80::1]",
        "[::]",
        "[ff02::1]",
        "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]",
        "[::169.254.169.254]",
        "[64:ff9b::169.254.169.254]",
        "[2002:a9fe:a9fe::1]",
      })
  void whereMachinesAnswerAboutThemselvesNoWebhookGoesByItself(String host) {
    Destinations any = new Destinations(List.of(), List.of());
    assertThatThrownBy(() -> any.addresses(host))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("which webhooks may not connect to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.1.1",
        "[::1]",
        "[fd00::1]",
        "8.8.8.8"
      })
  void otherAddressesAreOpenWhereNoListSaysOtherwise(String host) {
    Destinations any = new Destinations(List.of(), List.of());
    assertThatCode(() -> any.addresses(host)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.0/8, '[::ffff:10.0.0.1]', true",
    "10.0.0.0/8, '[64:ff9b::10.0.0.1]', false",
    "192.168.1.7, 192.168.1.7, true",
    "192.168.1.7, 192.168.1.6, false",
    "169.254.169.254, 169.254.169.254, true",
    "fd00::/8, '[fd12::1]', true",
    "fd00::/8, '[fe00::1]', false",
    "0.0.0.0/0, 127.0.0.1, true",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
  })
  void aListOfAddressesIsAllThereIs(String network, String host, boolean allowed) {
    Destinations listed = new Destinations(List.of(), List.of(Network.of(network)));
    assertThat(passes(() -> listed.addresses(host))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "hooks.example.com, hooks.example.com, true",
    "hooks.example.com, HOOKS.example.com, true",
    "hooks.example.com, example.com, false",
    "hooks.example.com, hooks.example.com.evil.org, false",
    "*.example.com, a.b.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, evilexample.com, false",
  })
  void aListOfHostsIsAllThereIs(String rule, String host, boolean allowed) {
    Destinations listed = new Destinations(List.of(rule), List.of());
    assertThat(passes(() -> listed.checkName(host))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example.com", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "a/8", "1/2/3"})
  void whatIsNoRangeOfAddressesIsNone(String text) {
    assertThat(Network.read(text)).isEmpty();
  }

  @Test
  void everyAddressOfAHostHasToBeAllowed() {
    // localhost has one address here and two there: both lists have to be passed as a whole.
    List<Network> both = new ArrayList<>(List.of(Network.of("127.0.0.0/8"), Network.of("::1")));
    assertThat(passes(() -> new Destinations(List.of(), both).addresses("localhost"))).isTrue();
    assertThat(
            passes(
                () ->
                    new Destinations(List.of(), List.of(Network.of("10.0.0.0/8")))
                        .addresses("localhost")))
        .isFalse();
  }

  private interface Check {
    void run() throws Exception;
  }

  private static boolean passes(Check check) {
    try {
      check.run();
      return true;
    } catch (CallbackException e) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://x:70000/", "http://x:65536/", "http://x:0/", "http://x:99999999999/"})
  void anAddressWithAPortThatIsNoneIsNone(String url) {
    assertThatThrownBy(() -> Requests.address(url))
        .isInstanceOfSatisfying(
            CallbackException.class,
            why -> assertThat(why.kind()).isEqualTo(CallbackException.Kind.PERMANENT));
  }

  @Test
  void aLongAddressDoesNotMakeALongMessage() {
    String url = "x".repeat(1_000_000);
    assertThatThrownBy(() -> Requests.address(url))
        .extracting(Throwable::getMessage, STRING)
        .hasSizeLessThan(500)
        .contains("1000000 characters");
    URI valid = URI.create("http://x/" + url);
    assertThat(WebhookErrors.at(valid, true).unsent("gone", null).getMessage())
        .hasSizeLessThan(500);
  }
}
