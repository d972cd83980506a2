package io.actionscheduler.http;

import io.actionscheduler.text.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object with known members, which has a name in the API's description. */
public final class ObjectSchema implements Schema {
  private final String name;
  private final Map<String, Schema> members = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();
  private boolean open;

  /**
   * @param name in the description: {@code Job}
   */
  public ObjectSchema(String name) {
    this.name = name;
  }

  /** Adds a member that must be there. */
  public ObjectSchema with(String member, Schema schema) {
    required.add(member);
    return optional(member, schema);
  }

  /** Adds a member that may be left out. */
  public ObjectSchema optional(String member, Schema schema) {
    members.put(member, schema);
    return this;
  }

  /** Adds all members of another one, with what is required there. */
  public ObjectSchema all(ObjectSchema other) {
    members.putAll(other.members);
    required.addAll(other.required);
    return this;
  }

  /** Allows members of any other name. */
  public ObjectSchema andOthers() {
    open = true;
    return this;
  }

  public String name() {
    return name;
  }

  /** The schemas of its members. */
  Iterable<Schema> parts() {
    return members.values();
  }

  /** A reference to it; the definition is among the components. */
  @Override
  public Map<String, Object> json() {
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /** Its definition, for the components. */
  Map<String, Object> definition() {
    Map<String, Object> properties = new LinkedHashMap<>();
    members.forEach((member, schema) -> properties.put(member, schema.json()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "object");
    json.put("properties", properties);
    if (!required.isEmpty()) {
      json.put("required", List.copyOf(required));
    }
    json.put("additionalProperties", open);
    return json;
  }

  @Override
  public void check(Object value, String at, Faults faults) {
    if (!(value instanceof Map<?, ?> map)) {
      faults.add(at, Schemas.shown(value) + " is not an object");
      return;
    }
    for (String member : required) {
      if (!map.containsKey(member)) {
        faults.add(at + "/" + member, "required, and missing");
      }
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String member = entry.getKey().toString();
      Schema schema = members.get(member);
      String place = at + "/" + member.replace("~", "~0").replace("/", "~1");
      if (schema != null) {
        schema.check(entry.getValue(), place, faults);
      } else if (!open) {
        faults.add(
            place.length() > 200 ? place.substring(0, 200) + "…" : place,
            "unknown field" + DidYouMean.among(member, members.keySet()));
      }
    }
  }
}
