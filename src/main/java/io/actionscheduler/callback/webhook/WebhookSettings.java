package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.TemplateSettings;
import io.actionscheduler.callback.common.Tls;
import io.actionscheduler.callback.webhook.Client.ClientSettings;
import io.actionscheduler.callback.webhook.Client.Proxy;
import io.actionscheduler.template.Escape;
import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.Template;
import io.actionscheduler.text.Quoted;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the settings of requests and of allowed addresses. */
final class WebhookSettings {
  static final Set<String> KEYS =
      Set.of(
          "url",
          "method",
          "headers.*",
          "body",
          "text",
          "secret",
          "timeout",
          "connect_timeout",
          "http_version",
          "max_connections_per_host",
          "allowed_hosts",
          "allowed_hosts.*",
          "allowed_addresses",
          "allowed_addresses.*",
          "proxy",
          "tls_ca");

  /** Headers that the HTTP client writes itself. */
  private static final Set<String> TAKEN =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private static final int CONCURRENCY = 20;

  private final CallbackSettings settings;
  private final TemplateSettings templates;

  WebhookSettings(CallbackSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
    this.templates = new TemplateSettings(settings);
  }

  BatchCallback callback() throws InvalidSetting {
    int concurrency = settings.number("max_concurrent", CONCURRENCY, 1, 10_000);
    ClientSettings client = client(concurrency);
    return new WebhookCallback(requests(), new Client(client, wire(client)), concurrency);
  }

  private Requests requests() throws InvalidSetting {
    return new Requests(
        method(),
        url(),
        new Headers(headers(), signature()),
        body(),
        settings.span("timeout", Duration.ofSeconds(30), Duration.ofHours(24)));
  }

  private ClientSettings client(int concurrency) throws InvalidSetting {
    return new ClientSettings(
        new Destinations(settings.list("allowed_hosts"), networks()),
        Tls.context(settings, "tls_ca"),
        proxy(),
        settings.span("connect_timeout", Duration.ofSeconds(5), Duration.ofHours(1)),
        settings.number("max_connections_per_host", concurrency, 1, 10_000),
        concurrency);
  }

  private Template url() throws InvalidSetting {
    String written = settings.required("url").strip();
    // A url that is only one value keeps the slashes of that value.
    boolean whole = written.startsWith("{") && written.indexOf('}') == written.length() - 1;
    Template url = templates.get("url", written, whole ? Escape.PLAIN : Escape.URL);
    if (!whole) {
      try {
        Requests.address(written.replaceAll("\\{[^{}]*}", "0"));
      } catch (CallbackException e) {
        boolean port = written.matches("(?i)https?://[^/?#{}]*:(0|\\d{5,})([/?#].*)?");
        throw settings.invalid(
            "url",
            written,
            port ? "ports from 1 to 65535" : "http://host/path or https://host/path, values in it");
      }
    }
    return url;
  }

  private Template method() throws InvalidSetting {
    Template method = templates.get("method", "POST", Escape.PLAIN);
    if (method.isFixed() && !Requests.METHODS.contains(method.toString().strip())) {
      throw settings.invalid("method", method.toString(), String.join(", ", Requests.METHODS));
    }
    return method;
  }

  private Map<String, Template> headers() throws InvalidSetting {
    Map<String, Template> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : settings.under("headers").keySet()) {
      if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
          || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
        throw new InvalidSetting(
            settings.prefix()
                + ".headers."
                + name
                + ": cannot be set; it is not a name of a header, or belongs to the connection");
      }
      headers.put(name, templates.get("headers." + name, "", Escape.HEADER));
    }
    return headers;
  }

  private Body body() throws InvalidSetting {
    Optional<JsonTemplate> json = templates.findJson("body");
    Optional<Template> text = templates.find("text", Escape.PLAIN);
    if (json.isPresent() && text.isPresent()) {
      throw new InvalidSetting(settings.prefix() + ".text: set beside body; keep one of them");
    }
    return json.<Body>map(Body.Document::new)
        .or(() -> text.map(Body.Text::new))
        .orElseGet(Body.Everything::new);
  }

  private Optional<Signature> signature() throws InvalidSetting {
    Optional<String> secret = settings.text("secret");
    try {
      return secret.map(String::strip).map(Signature::new);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(
          settings.prefix() + ".secret: is not a key; allowed: whsec_ and Base64, or any text", e);
    }
  }

  private Wire wire(ClientSettings client) throws InvalidSetting {
    String version = settings.text("http_version").orElse("1.1").strip();
    return switch (version) {
      case "1.1" -> new Http1(new Http1Connections(client));
      case "auto" -> http2(client, false);
      case "2" -> http2(client, true);
      default -> throw settings.invalid("http_version", version, "1.1, 2 or auto");
    };
  }

  /** The client of HTTP/2 has hosts as Java's URI knows them, without an underscore. */
  private Http2 http2(ClientSettings client, boolean withoutTls) throws InvalidSetting {
    String written = settings.required("url").strip();
    String host = written.replaceFirst("^[^/]*//", "").replaceFirst("[/?#].*", "");
    if (!host.contains("{") && !Http2.takes(URI.create("http://" + host))) {
      throw new InvalidSetting(
          settings.prefix()
              + ".http_version: HTTP/2 is not possible with the host "
              + Quoted.quote(host)
              + ": its client accepts no name with an underscore; set 1.1, or use another name of the"
              + " host");
    }
    return new Http2(client, withoutTls);
  }

  private List<Network> networks() throws InvalidSetting {
    List<Network> networks = new ArrayList<>();
    for (String written : settings.list("allowed_addresses")) {
      Optional<Network> network = Network.read(written);
      if (network.isEmpty()) {
        throw settings.invalid(
            "allowed_addresses", written, "addresses and ranges such as 10.0.0.0/8 or fd00::/8");
      }
      networks.add(network.get());
    }
    return networks;
  }

  private Optional<Proxy> proxy() throws InvalidSetting {
    Optional<String> written = settings.text("proxy").map(String::strip);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = written.get().replaceFirst("^http://", "").replaceFirst("/$", "").split(":");
    if (parts.length != 2 || !parts[1].matches("[0-9]{1,5}")) {
      throw settings.invalid("proxy", written.get(), "host:port");
    }
    int port = Integer.parseInt(parts[1]);
    if (port < 1 || port > 65_535) {
      throw settings.invalid("proxy", written.get(), "host:port, the port from 1 to 65535");
    }
    return Optional.of(new Proxy(parts[0], port));
  }
}
