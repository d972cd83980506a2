package io.actionscheduler.source.rest;

import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that a service lists, all pages together.
 *
 * @param entries JSON values, in the order of the list
 * @param etag names this state of the list; empty where the service does not, and for more than one
 *     page, of which the first may stay as it is while others change
 */
record Listing(List<Object> entries, Optional<String> etag) {

  /**
   * What {@code service} lists now, or empty when it says that this is what {@code known} names.
   */
  static Optional<Listing> read(Service service, RestSettings settings, Optional<String> known)
      throws ServiceFault, InterruptedException {
    int bytesLeft = settings.access().maxBytes();
    List<Object> entries = new ArrayList<>();
    Set<Address> seen = new HashSet<>();
    Address first = new Address(settings.list());
    Optional<Address> at = Optional.of(first);
    Optional<String> etag = Optional.empty();
    while (at.isPresent()) {
      if (seen.size() == settings.access().maxPages()) {
        throw ServiceFault.unavailable(
            "has more than " + seen.size() + " pages; raise max_pages where that is meant");
      }
      if (!seen.add(at.get())) {
        throw ServiceFault.unavailable("leads back to a page that was read already, " + at.get());
      }
      Answer answer = service.get(at.get(), seen.size() == 1 ? known : Optional.empty(), bytesLeft);
      if (answer.status() == 304 && known.isPresent() && seen.size() == 1) {
        return Optional.empty();
      }
      check(answer);
      bytesLeft -= answer.body().length;
      Object page = answer.json();
      entries.addAll(entries(page));
      etag = seen.size() == 1 ? answer.header("etag") : Optional.empty();
      at = next(answer, page, first, settings.access().ignoresNextHost());
    }
    return Optional.of(new Listing(entries, etag));
  }

  private static void check(Answer answer) throws ServiceFault {
    if (answer.status() == 401 || answer.status() == 403) {
      throw ServiceFault.misconfigured(
          answer.shown() + "; check token and header, which say who asks");
    }
    if (answer.status() != 200) {
      throw ServiceFault.unavailable(answer.shown());
    }
  }

  private static List<?> entries(Object page) throws ServiceFault {
    if (page instanceof List<?> list) {
      return list;
    }
    if (page instanceof Map<?, ?> object) {
      for (String name : List.of("results", "items")) {
        if (object.get(name) instanceof List<?> list) {
          return list;
        }
      }
    }
    throw ServiceFault.unavailable(
        "answered "
            + kind(page)
            + " where a list is expected, or an object with a list under results or items");
  }

  private static String kind(Object value) {
    return value instanceof Map<?, ?> object
        ? "an object with " + (object.isEmpty() ? "nothing in it" : Quoted.quote(names(object)))
        : Quoted.quote(value instanceof String text ? text : Json.write(value));
  }

  private static String names(Map<?, ?> object) {
    return object.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static Optional<Address> next(
      Answer answer, Object page, Address first, boolean ignoresHost) throws ServiceFault {
    Optional<String> reference = Links.next(answer.headers().allValues("link"));
    if (reference.isEmpty() && page instanceof Map<?, ?> object) {
      Object next = object.get("next");
      if (next != null && !(next instanceof String)) {
        throw ServiceFault.unavailable(
            "names a next page that is not an address, " + Quoted.quote(Json.write(next)));
      }
      reference = Optional.ofNullable((String) next).filter(text -> !text.isBlank());
    }
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    Address next = answer.from().resolve(reference.get());
    if (ignoresHost) {
      return Optional.of(first.withPathOf(next));
    }
    if (!first.isSameServer(next)) {
      throw ServiceFault.unavailable(
          "has its next page on another server, "
              + next
              + "; if that is this service as a proxy shows it, set ignore_next_host: true");
    }
    return Optional.of(next);
  }
}
