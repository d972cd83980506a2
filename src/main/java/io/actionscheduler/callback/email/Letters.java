package io.actionscheduler.callback.email;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.template.Field;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import io.actionscheduler.text.Json;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import java.util.Optional;

/** Makes mails of fires. */
final class Letters {
  private static final String CHARSET = "UTF-8";

  private final InternetAddress from;
  private final String domain;
  private final Template recipient;
  private final Optional<Template> subject;
  private final Optional<Template> body;

  /**
   * @param subject empty: the parameter {@code subject}, or the action's name
   * @param body empty: the parameter {@code body}, or the command
   */
  Letters(
      InternetAddress from,
      Template recipient,
      Optional<Template> subject,
      Optional<Template> body) {
    this.from = requireNonNull(from, "from is null");
    this.domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    this.recipient = requireNonNull(recipient, "recipient is null");
    this.subject = requireNonNull(subject, "subject is null");
    this.body = requireNonNull(body, "body is null");
  }

  /** The mail of a fire, with all of its recipients. */
  MimeMessage of(Delivery delivery, Session session) throws CallbackException {
    Passport passport = new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
    InternetAddress[] to = Recipients.read(recipient.render(passport));
    try {
      Letter letter = new Letter(session, MessageId.of(passport.fire().id().toString(), domain));
      letter.setFrom(from);
      letter.setRecipients(Message.RecipientType.TO, to);
      letter.setSentDate(Date.from(delivery.startedAt()));
      letter.setHeader(
          "Subject",
          encoded("Subject", text(subject, passport, "subject", passport.fire().action().name())));
      letter.setHeader(
          "Auto-Submitted", "auto-generated"); // asks mail programs not to answer automatically
      for (Field field : Field.values()) {
        if (field != Field.COMMAND) {
          Optional<Object> value = field.of(passport);
          if (value.isPresent()) {
            letter.setHeader(field.header(), encoded(field.header(), value.get().toString()));
          }
        }
      }
      letter.setText(text(body, passport, "body", passport.fire().action().command()), CHARSET);
      letter.saveChanges();
      return letter;
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw CallbackException.permanent("no mail can be made of it: " + e.getMessage(), e);
    }
  }

  private static String text(
      Optional<Template> template, Passport passport, String parameter, String otherwise) {
    if (template.isPresent()) {
      return template.get().render(passport);
    }
    Object value = passport.parameters().get(parameter);
    if (value == null) {
      return otherwise;
    }
    return value instanceof String text ? text : Json.write(value);
  }

  private static String encoded(String header, String value) throws UnsupportedEncodingException {
    return EncodedWords.of(header, oneLine(value));
  }

  /** The text without line breaks, which could begin another header. */
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c ->
                line.append(
                    Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : (char) c));
    return line.toString();
  }

  /** A mail that keeps its given id. */
  private static final class Letter extends MimeMessage {
    private final String id;

    Letter(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
