package io.actionscheduler.move.apscheduler;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values in a pickle of Python, as data: no object was made and nothing was called. */
sealed interface Pickled {
  /** {@code None}, {@code True} and {@code False}. */
  enum Constant implements Pickled {
    NONE,
    TRUE,
    FALSE
  }

  record Whole(BigInteger value) implements Pickled {
    static Whole of(long value) {
      return new Whole(BigInteger.valueOf(value));
    }
  }

  record Fraction(double value) implements Pickled {}

  record Text(String value) implements Pickled {}

  record Bytes(byte[] value) implements Pickled {}

  /** A list, a set or a tuple; it fills while the pickle is read. */
  record Items(List<Pickled> values) implements Pickled {
    Items() {
      this(new ArrayList<>());
    }
  }

  /** A dictionary; keys other than text become the text of their value. */
  record Dict(Map<String, Pickled> values) implements Pickled {
    Dict() {
      this(new LinkedHashMap<>());
    }

    Optional<Pickled> get(String name) {
      return Optional.ofNullable(values.get(name)).filter(value -> value != Constant.NONE);
    }
  }

  /** A class or a function, by its module and name. */
  record Named(String name) implements Pickled {}

  /** A value that loading would make by a call. */
  final class Made implements Pickled {
    private final Pickled by;
    private final List<Pickled> arguments;
    private final boolean isNew;
    private Dict state = new Dict();

    /**
     * @param isNew whether it is an object made by its class; otherwise the result of another call
     */
    Made(Pickled by, List<Pickled> arguments, boolean isNew) {
      this.by = by;
      this.arguments = arguments;
      this.isNew = isNew;
    }

    /** The name of what would be called, such as {@code posix.system}. */
    String name() {
      return by instanceof Named named
          ? named.name()
          : by instanceof Made made && made.name().equals("builtins.getattr")
              ? made.attribute()
              : "the result of a call";
    }

    private String attribute() {
      return arguments.size() == 2
              && arguments.get(0) instanceof Named of
              && arguments.get(1) instanceof Text attribute
          ? of.name() + "." + attribute.value()
          : "the result of a call";
    }

    boolean isNew() {
      return isNew;
    }

    List<Pickled> arguments() {
      return arguments;
    }

    /** Its fields; empty where it has none. */
    Dict state() {
      return state;
    }

    void build(Pickled with) {
      if (with instanceof Dict fields) {
        state = fields;
      } else if (with instanceof Items both && both.values().size() == 2) {
        // The fields of a class with slots come second.
        both.values().forEach(this::add);
      } else {
        state.values().put("state", with);
      }
    }

    private void add(Pickled some) {
      if (some instanceof Dict fields) {
        state.values().putAll(fields.values());
      }
    }
  }
}
