package io.actionscheduler.move.apscheduler;

import io.actionscheduler.move.apscheduler.Pickled.Bytes;
import io.actionscheduler.move.apscheduler.Pickled.Constant;
import io.actionscheduler.move.apscheduler.Pickled.Dict;
import io.actionscheduler.move.apscheduler.Pickled.Fraction;
import io.actionscheduler.move.apscheduler.Pickled.Items;
import io.actionscheduler.move.apscheduler.Pickled.Made;
import io.actionscheduler.move.apscheduler.Pickled.Named;
import io.actionscheduler.move.apscheduler.Pickled.Text;
import io.actionscheduler.move.apscheduler.Pickled.Whole;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle of Python, protocols 0 to 5, as data. Loading a pickle with Python runs the calls
 * in it; here each call becomes a value that describes it, and nothing runs.
 */
final class Pickle {
  private static final int HIGHEST = 5;
  private static final Object MARK = new Object();

  private final PickleBytes in;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Long, Pickled> memo = new HashMap<>();

  /** Why bytes are not a pickle that can be read. */
  static final class Unreadable extends Exception {
    Unreadable(String reason) {
      super(reason);
    }
  }

  private Pickle(byte[] bytes) {
    this.in = new PickleBytes(bytes);
  }

  /** The value that {@code bytes} describe. */
  static Pickled read(byte[] bytes) throws Unreadable {
    Pickle pickle = new Pickle(bytes);
    while (true) {
      int opcode = pickle.in.unsigned(1).intValue();
      if (opcode == '.') {
        return pickle.pop();
      }
      pickle.step(opcode);
    }
  }

  private void step(int opcode) throws Unreadable {
    if (!value(opcode) && !collection(opcode) && !memo(opcode) && !object(opcode)) {
      throw new Unreadable(
          "byte %d is 0x%02x, which is not known in a pickle".formatted(in.at() - 1, opcode));
    }
  }

  /** Reads a value without parts; gives whether {@code opcode} is one. */
  private boolean value(int opcode) throws Unreadable {
    Pickled value =
        switch (opcode) {
          case 'N' -> Constant.NONE;
          case 0x88 -> Constant.TRUE;
          case 0x89 -> Constant.FALSE;
          case 'K' -> new Whole(in.unsigned(1));
          case 'M' -> new Whole(in.unsigned(2));
          case 'J' -> new Whole(in.signed(4));
          case 0x8a -> new Whole(in.signed(in.length(1)));
          case 0x8b -> new Whole(in.signed(in.length(4)));
          case 'I', 'L' -> number(in.line());
          case 'F' -> new Fraction(in.decimal());
          case 'G' -> new Fraction(in.real());
          case 0x8c -> new Text(in.utf8(in.length(1)));
          case 'X' -> new Text(in.utf8(in.length(4)));
          case 0x8d -> new Text(in.utf8(in.length(8)));
          case 'V' -> new Text(in.line());
          case 'S' -> new Text(in.line().replaceAll("^(['\"])(.*)\\1$", "$2"));
          case 'U' -> new Text(in.latin1(in.length(1)));
          case 'T' -> new Text(in.latin1(in.length(4)));
          case 'C' -> new Bytes(in.take(in.length(1)));
          case 'B' -> new Bytes(in.take(in.length(4)));
          case 0x8e, 0x96 -> new Bytes(in.take(in.length(8)));
          default -> null;
        };
    if (value != null) {
      stack.push(value);
    }
    return value != null;
  }

  private static Pickled number(String text) throws Unreadable {
    if (text.equals("00") || text.equals("01")) { // protocol 0 writes False and True as 00 and 01
      return text.equals("01") ? Constant.TRUE : Constant.FALSE;
    }
    try {
      return new Whole(
          new BigInteger(text.endsWith("L") ? text.substring(0, text.length() - 1) : text));
    } catch (NumberFormatException e) {
      throw new Unreadable("\"" + text + "\" is not a number");
    }
  }

  private boolean collection(int opcode) throws Unreadable {
    switch (opcode) {
      case '(' -> stack.push(MARK);
      case ']', ')', 0x8f -> stack.push(new Items());
      case '}' -> stack.push(new Dict());
      case 't', 'l', 0x91 -> stack.push(new Items(toMark()));
      case 0x85 -> stack.push(new Items(last(1)));
      case 0x86 -> stack.push(new Items(last(2)));
      case 0x87 -> stack.push(new Items(last(3)));
      case 'a' -> {
        List<Pickled> one = last(1);
        append(one);
      }
      case 'e', 0x90 -> append(toMark());
      case 's' -> {
        List<Pickled> pair = last(2);
        put(top(), pair);
      }
      case 'u' -> {
        List<Pickled> pairs = toMark();
        put(top(), pairs);
      }
      case 'd' -> {
        Dict dict = new Dict();
        put(dict, toMark());
        stack.push(dict);
      }
      case '0' -> pop();
      case '1' -> toMark();
      case '2' -> stack.push(top());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void append(List<Pickled> values) throws Unreadable {
    if (!(top() instanceof Items items)) {
      throw new Unreadable("values are added to something other than a list");
    }
    items.values().addAll(values);
  }

  private static void put(Pickled to, List<Pickled> pairs) throws Unreadable {
    if (!(to instanceof Dict dict) || pairs.size() % 2 != 0) {
      throw new Unreadable("values are set in something other than a dictionary");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      dict.values().put(key(pairs.get(i), dict), pairs.get(i + 1));
    }
  }

  private static String key(Pickled key, Dict dict) {
    if (key instanceof Text text) {
      return text.value();
    }
    return key instanceof Whole whole
        ? whole.value().toString()
        : "key " + (dict.values().size() + 1);
  }

  private boolean memo(int opcode) throws Unreadable {
    switch (opcode) {
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'q' -> memo.put((long) in.length(1), top());
      case 'r' -> memo.put((long) in.length(4), top());
      case 'p' -> memo.put(index(in.line()), top());
      case 'h' -> stack.push(remembered(in.length(1)));
      case 'j' -> stack.push(remembered(in.length(4)));
      case 'g' -> stack.push(remembered(index(in.line())));
      case 0x95 -> in.take(8); // the length of a frame
      case 0x80 -> {
        int protocol = in.length(1);
        if (protocol > HIGHEST) {
          throw new Unreadable("protocol " + protocol + " of pickle; 0 to 5 are known");
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static long index(String text) throws Unreadable {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Unreadable("\"" + text + "\" is not a number");
    }
  }

  private Pickled remembered(long index) throws Unreadable {
    Pickled value = memo.get(index);
    if (value == null) {
      throw new Unreadable("value " + index + " is used before it is stored");
    }
    return value;
  }

  private boolean object(int opcode) throws Unreadable {
    switch (opcode) {
      case 'c' -> stack.push(named(in.line(), in.line()));
      case 0x93 -> {
        List<Pickled> both = last(2);
        if (!(both.get(0) instanceof Text module) || !(both.get(1) instanceof Text name)) {
          throw new Unreadable("a name of a module is not text");
        }
        stack.push(named(module.value(), name.value()));
      }
      case 'R', 0x81 -> {
        List<Pickled> both = last(2);
        made(both.get(0), both.get(1), opcode != 'R');
      }
      case 0x92 -> {
        List<Pickled> three = last(3);
        made(three.get(0), three.get(1), true);
      }
      case 'i' -> {
        Named name = named(in.line(), in.line());
        made(name, new Items(toMark()), false);
      }
      case 'o' -> {
        List<Pickled> all = toMark();
        if (all.isEmpty()) {
          throw new Unreadable("an object without a class");
        }
        made(all.get(0), new Items(all.subList(1, all.size())), false);
      }
      case 'b' -> {
        Pickled state = pop();
        if (!(top() instanceof Made made)) {
          throw new Unreadable("there is a state for something other than an object");
        }
        made.build(state);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Named named(String module, String name) {
    String today = module.replace("__builtin__", "builtins").replace("copy_reg", "copyreg");
    return new Named(today + "." + name);
  }

  private void made(Pickled by, Pickled arguments, boolean isNew) throws Unreadable {
    if (!(arguments instanceof Items items)) {
      throw new Unreadable("arguments are not a tuple");
    }
    stack.push(new Made(by, items.values(), isNew));
  }

  private Pickled top() throws Unreadable {
    if (stack.peek() instanceof Pickled value) {
      return value;
    }
    throw new Unreadable("a value is missing before byte " + in.at());
  }

  private Pickled pop() throws Unreadable {
    Pickled value = top();
    stack.pop();
    return value;
  }

  private List<Pickled> last(int count) throws Unreadable {
    List<Pickled> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(pop());
    }
    Collections.reverse(values);
    return values;
  }

  private List<Pickled> toMark() throws Unreadable {
    List<Pickled> values = new ArrayList<>();
    while (!stack.isEmpty() && stack.peek() != MARK) {
      values.add(pop());
    }
    if (stack.isEmpty()) {
      throw new Unreadable("a mark is missing before byte " + in.at());
    }
    stack.pop();
    Collections.reverse(values);
    return values;
  }
}
