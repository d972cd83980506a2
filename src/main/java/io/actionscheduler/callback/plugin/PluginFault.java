package io.actionscheduler.callback.plugin;

/** Something in the plugins folder that cannot be used; the message names the file. */
final class PluginFault extends Exception {
  PluginFault(String message, Throwable cause) {
    super(message, cause);
  }
}
