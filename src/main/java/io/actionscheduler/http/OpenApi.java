package io.actionscheduler.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes a table of routes as OpenAPI 3.1. */
public final class OpenApi {
  private static final ObjectSchema PROBLEM =
      new ObjectSchema("Problem")
          .with("type", Schemas.text())
          .with("title", Schemas.text())
          .with("status", Schemas.whole(400, 599))
          .with(
              "detail",
              Schemas.described("What is wrong, and what to do about it.", Schemas.text()))
          .with("request_id", Schemas.text())
          .optional(
              "errors",
              Schemas.described(
                  "Each wrong field or parameter.", Schemas.listOf(Schemas.open(), 1_000)))
          .andOthers();

  private final Routes routes;
  private final String version;
  private final Map<String, Object> schemas = new TreeMap<>();

  private OpenApi(Routes routes, String version) {
    this.routes = routes;
    this.version = version;
  }

  /** The whole document. */
  public static Map<String, Object> of(Routes routes, String version) {
    return new OpenApi(routes, version).document();
  }

  private Map<String, Object> document() {
    Map<String, Object> paths = new TreeMap<>();
    for (Route route : routes.all()) {
      if (route.isDescribed()) {
        member(paths, route.path()).put(route.method().lower(), operation(route));
      }
    }
    collect(PROBLEM);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Action scheduler",
            "version",
            version,
            "description",
            "Jobs are rows of the action table. See docs/api.md."));
    document.put(
        "servers", List.of(Map.of("url", routes.basePath().isEmpty() ? "/" : routes.basePath())));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of(
            "schemas",
            schemas,
            "securitySchemes",
            Map.of(
                "key", Map.of("type", "apiKey", "in", "header", "name", "X-API-Key"),
                "bearer", Map.of("type", "http", "scheme", "bearer"))));
    return document;
  }

  @SuppressWarnings("unchecked") // only maps are added there
  private static Map<String, Object> member(Map<String, Object> of, String name) {
    return (Map<String, Object>) of.computeIfAbsent(name, path -> new LinkedHashMap<>());
  }

  private Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", operationId(route));
    operation.put("summary", route.summary());
    route.right().ifPresent(right -> operation.put("x-right", right.toString()));
    operation.put(
        "security",
        route.isOpen()
            ? List.of()
            : List.of(Map.of("key", List.of()), Map.of("bearer", List.of())));
    List<Object> parameters = parameters(route);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    route
        .input()
        .ifPresent(
            input -> {
              collect(input);
              operation.put("requestBody", Map.of("required", true, "content", json(input.json())));
            });
    Map<String, Object> responses = new LinkedHashMap<>();
    route.answers().forEach((status, schema) -> responses.put("" + status, response(schema)));
    responses.put(
        "default",
        Map.of(
            "description",
            "What is wrong (RFC 9457).",
            "content",
            Map.of("application/problem+json", Map.of("schema", PROBLEM.json()))));
    operation.put("responses", responses);
    return operation;
  }

  private Map<String, Object> response(Schema schema) {
    collect(schema);
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", "");
    if (schema instanceof ContentSchema nothing && nothing.type().isEmpty()) {
      return response;
    }
    if (schema instanceof ContentSchema other) {
      response.put("content", Map.of(other.type(), Map.of("schema", schema.json())));
    } else {
      response.put("content", json(schema.json()));
    }
    return response;
  }

  private List<Object> parameters(Route route) {
    List<Object> parameters = new ArrayList<>();
    for (String segment : route.segments()) {
      if (Route.isPlaceholder(segment)) {
        parameters.add(
            Map.of(
                "name",
                Route.placeholder(segment),
                "in",
                "path",
                "required",
                true,
                "schema",
                Map.of("type", "string")));
      }
    }
    route
        .parameters()
        .forEach(
            (name, schema) ->
                parameters.add(Map.of("name", name, "in", "query", "schema", schema.json())));
    return parameters;
  }

  private static Map<String, Object> json(Map<String, Object> schema) {
    return Map.of("application/json", Map.of("schema", schema));
  }

  /** {@code getApiV1JobsById}. */
  private static String operationId(Route route) {
    StringBuilder id = new StringBuilder(route.method().lower());
    for (String segment : route.segments()) {
      boolean placeholder = Route.isPlaceholder(segment);
      String word = placeholder ? "by_" + Route.placeholder(segment) : segment;
      for (String part : word.split("[^A-Za-z0-9]+")) {
        if (!part.isEmpty()) {
          id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
      }
    }
    return id.toString();
  }

  private void collect(Schema schema) {
    if (schema instanceof ObjectSchema object) {
      if (schemas.put(object.name(), object.definition()) == null) {
        object.parts().forEach(this::collect);
      }
    } else if (schema instanceof Schemas.Plain plain) {
      for (Schema part : plain.parts()) {
        collect(part);
      }
    }
  }
}
