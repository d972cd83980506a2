package io.actionscheduler.move.apscheduler;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the bytes of a pickle from the beginning to the end. */
final class PickleBytes {
  private final byte[] bytes;
  private int at;

  PickleBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The number of bytes that were read. */
  int at() {
    return at;
  }

  byte[] take(int count) throws Pickle.Unreadable {
    if (count > bytes.length - at) {
      throw new Pickle.Unreadable("the pickle ends too early, at byte " + bytes.length);
    }
    at += count;
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  /** An unsigned number, least significant byte first. */
  BigInteger unsigned(int count) throws Pickle.Unreadable {
    return new BigInteger(1, reversed(take(count)));
  }

  BigInteger signed(int count) throws Pickle.Unreadable {
    return count == 0 ? BigInteger.ZERO : new BigInteger(reversed(take(count)));
  }

  /** A length, which is at most the number of bytes that are left. */
  int length(int count) throws Pickle.Unreadable {
    BigInteger length = unsigned(count);
    if (length.bitLength() > 31) {
      throw new Pickle.Unreadable("the pickle ends too early, at byte " + bytes.length);
    }
    return length.intValue();
  }

  double real() throws Pickle.Unreadable {
    return ByteBuffer.wrap(take(Double.BYTES)).getDouble();
  }

  double decimal() throws Pickle.Unreadable {
    String text = line();
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new Pickle.Unreadable("\"" + text + "\" is not a number");
    }
  }

  String utf8(int count) throws Pickle.Unreadable {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(take(count))).toString();
    } catch (CharacterCodingException e) {
      throw new Pickle.Unreadable("text before byte " + at + " is not in UTF-8");
    }
  }

  String latin1(int count) throws Pickle.Unreadable {
    return new String(take(count), StandardCharsets.ISO_8859_1);
  }

  /** The text up to the next line break. */
  String line() throws Pickle.Unreadable {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String line = utf8(end - at);
    take(1);
    return line;
  }

  private static byte[] reversed(byte[] some) {
    for (int i = 0; i < some.length / 2; i++) {
      byte other = some[i];
      some[i] = some[some.length - 1 - i];
      some[some.length - 1 - i] = other;
    }
    return some;
  }
}
