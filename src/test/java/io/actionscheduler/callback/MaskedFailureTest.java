package io.actionscheduler.callback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a failed fire says is stored, logged, and shown by commands, the API and pages. */
class MaskedFailureTest {
  @Test
  void theReasonOfAFailureHoldsNoSecretWhicheverCallbackSaysIt() {
    CallbackException why =
        CallbackException.refused(
            "https://u:hunter2@h/x?token=hunter2 answered 403 to Authorization: Bearer hunter2hunter2",
            null);
    assertThat(why).hasMessage("https://u:***@h/x?token=*** answered 403 to Authorization: ***");
    assertThat(
            CallbackException.unavailable(
                "https://hooks.example.com/bot123456:ABC-def/send: refused", null))
        .hasMessage("https://hooks.example.com/***/send: refused");
    String plain =
        "fire rest:7@2026-11-20T10:00:00Z: Basic authentication failed at /tmp/a1b2c3d4e5f6a7b8c9d0e1/x";
    assertThat(CallbackException.unavailable(plain, null)).hasMessage(plain);
    assertThat(CallbackException.unavailable("redis h:6379/0: connection refused", null))
        .hasMessage("redis h:6379/0: connection refused");
  }
}
