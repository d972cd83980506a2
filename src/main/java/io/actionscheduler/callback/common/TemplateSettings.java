package io.actionscheduler.callback.common;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.template.Escape;
import io.actionscheduler.template.InvalidTemplate;
import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.Template;
import java.util.Optional;

/** Compiles the settings of a callback that are templates. */
public final class TemplateSettings {
  private final CallbackSettings settings;

  public TemplateSettings(CallbackSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * The template at {@code key}; empty when it is not set.
   *
   * @throws InvalidSetting when it is no template, or names a value that fires do not have
   */
  public Optional<Template> find(String key, Escape escape) throws InvalidSetting {
    Optional<String> written = settings.text(key);
    return written.isEmpty() ? Optional.empty() : Optional.of(compile(key, written.get(), escape));
  }

  /**
   * The template at {@code key}, or {@code otherwise} when it is not set.
   *
   * @throws InvalidSetting when it is no template, or names a value that fires do not have
   */
  public Template get(String key, String otherwise, Escape escape) throws InvalidSetting {
    return compile(key, settings.text(key).orElse(otherwise), escape);
  }

  /**
   * The JSON document at {@code key}; empty when it is not set.
   *
   * @throws InvalidSetting when it is no JSON, or one of its texts is no template
   */
  public Optional<JsonTemplate> findJson(String key) throws InvalidSetting {
    Optional<String> written = settings.text(key);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonTemplate.of(written.get()));
    } catch (InvalidTemplate e) {
      throw fault(key, e);
    }
  }

  private Template compile(String key, String written, Escape escape) throws InvalidSetting {
    try {
      return Template.of(written, escape);
    } catch (InvalidTemplate e) {
      throw fault(key, e);
    }
  }

  private InvalidSetting fault(String key, InvalidTemplate e) {
    return new InvalidSetting(settings.prefix() + "." + key + ": " + e.getMessage(), e);
  }
}
