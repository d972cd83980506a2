package io.actionscheduler.callback;

import java.util.Set;

/**
 * Makes the callbacks of one type. A jar in {@code plugins.dir} declares those that it brings as
 * for {@link java.util.ServiceLoader}: in {@code
 * META-INF/services/io.actionscheduler.callback.CallbackFactory}, a line with the name of each
 * class, which is public and has a public constructor without arguments.
 */
public interface CallbackFactory {

  /** The value of {@code callbacks.<name>.type} for these callbacks: {@code kafka}. */
  String type();

  /**
   * The settings that it understands, by the part of their key after {@code callbacks.<name>.};
   * {@code properties.*} stands for every key below it. Others are refused at start.
   */
  Set<String> settings();

  /**
   * A callback, ready to deliver, connected on first use.
   *
   * @throws InvalidSetting when a value cannot be used
   */
  BatchCallback create(CallbackSettings settings) throws InvalidSetting;
}
