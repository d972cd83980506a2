package io.actionscheduler.callback.email;

import io.actionscheduler.callback.CallbackException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What the replies and time-outs of a mail server mean for a fire. */
final class MailErrors {
  /** Replies about the client or the server, not about this mail: it closes, or wants a login. */
  private static final Set<Integer> OF_THE_SERVER = Set.of(421, 454, 530, 534, 535, 538);

  private MailErrors() {}

  /** A reply about the name with which we greeted, or about this machine. */
  private static final Pattern OF_THE_CLIENT =
      Pattern.compile("(?i)\\b(helo|ehlo)\\b|\\bclient host\\b");

  /** A mail that is larger than the server takes; it may say so when it hears the sender. */
  private static final int TOO_LARGE = 552;

  /** A reply to one of the steps of sending a mail. */
  private record Reply(int code, String text, boolean ofTheSender) {

    /**
     * Whether the reply is about the client, the settings or the server, so that any other mail
     * would fail as well.
     */
    boolean isOfNoMail() {
      return OF_THE_SERVER.contains(code)
          || OF_THE_CLIENT.matcher(text.replaceAll("\\S*@\\S*", " ")).find()
          || ofTheSender && code >= 500 && code != TOO_LARGE; // it is the same for all mails
    }
  }

  /** For a server that could not be reached or did not let us in. */
  static CallbackException notReached(String server, Exception e) {
    return CallbackException.unavailable(server + ": " + reason(e), e);
  }

  /** For a mail that the server did not take, whoever of its recipients it would have taken. */
  static CallbackException notSent(String server, MessagingException e) {
    List<Reply> replies = replies(e);
    if (replies.isEmpty()) {
      return CallbackException.unavailableUnknown(
          server + ": contact broke before it answered: " + reason(e), e);
    }
    String told = replies.stream().map(Reply::text).distinct().collect(Collectors.joining("; "));
    String message = server + ": " + told;
    if (replies.stream().anyMatch(Reply::isOfNoMail)) {
      return CallbackException.unavailable(message, e);
    }
    return replies.stream().anyMatch(reply -> reply.code() >= 500)
        ? CallbackException.permanent(message, e)
        : CallbackException.refused(message, e);
  }

  /** Every refusal in the chain; the outermost only sums up those of the addresses. */
  private static List<Reply> replies(MessagingException e) {
    List<Reply> replies = new ArrayList<>();
    for (Exception at = e; at != null; at = next(at)) {
      if (at instanceof SMTPAddressFailedException failed) {
        add(
            replies,
            failed.getReturnCode(),
            failed.getAddress() + ": " + failed.getMessage(),
            false);
      } else if (at instanceof SMTPSenderFailedException failed) {
        add(
            replies,
            failed.getReturnCode(),
            failed.getAddress() + ": " + failed.getMessage(),
            true);
      } else if (at instanceof SMTPSendFailedException failed) {
        add(replies, failed.getReturnCode(), failed.getMessage(), false);
      }
    }
    return replies;
  }

  private static void add(List<Reply> replies, int code, String text, boolean ofTheSender) {
    if (code >= 400) { // below: no reply came, or a good one for another address
      replies.add(new Reply(code, text.strip(), ofTheSender));
    }
  }

  private static Exception next(Exception e) {
    return e instanceof MessagingException chained ? chained.getNextException() : null;
  }

  private static String reason(Exception e) {
    String reason = String.valueOf(e.getMessage()).strip();
    Exception next = next(e);
    return next == null || next.getMessage() == null || reason.contains(next.getMessage())
        ? reason
        : reason + ": " + next.getMessage();
  }
}
