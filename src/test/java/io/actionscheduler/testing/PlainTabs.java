package io.actionscheduler.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tabs of one window, of which only one is seen: the others are hidden, as they are for people.
 * Playwright tells its own pages that each of them is seen, so these are opened behind its back.
 */
public final class PlainTabs implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final CDPSession browser;
  private final String context;
  private final Map<String, String> sessions = new HashMap<>(); // by tab
  private final Map<Long, JsonObject> answers = new HashMap<>();
  private long asked;

  /**
   * @param like the page whose cookies they have
   */
  public PlainTabs(Page like) {
    this.browser = like.context().browser().newBrowserCDPSession();
    browser.on("Target.receivedMessageFromTarget", this::received);
    this.context =
        browser.send("Target.createBrowserContext").get("browserContextId").getAsString();
    for (Cookie cookie : like.context().cookies()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", cookie.name);
      one.addProperty("value", cookie.value);
      one.addProperty("domain", cookie.domain);
      one.addProperty("path", cookie.path);
      JsonObject all = new JsonObject();
      all.addProperty("browserContextId", context);
      all.add("cookies", new JsonArray());
      all.getAsJsonArray("cookies").add(one);
      browser.send("Storage.setCookies", all);
    }
  }

  private void received(JsonObject event) {
    JsonObject answer =
        JsonParser.parseString(event.get("message").getAsString()).getAsJsonObject();
    if (answer.has("id")) {
      answers.put(answer.get("id").getAsLong(), answer);
    }
  }

  /** Opens a tab before all others, and gives its id. */
  public String open(String address) {
    JsonObject wanted = new JsonObject();
    wanted.addProperty("url", address);
    wanted.addProperty("browserContextId", context);
    String tab = browser.send("Target.createTarget", wanted).get("targetId").getAsString();
    JsonObject target = target(tab);
    target.addProperty("flatten", false);
    sessions.put(tab, browser.send("Target.attachToTarget", target).get("sessionId").getAsString());
    show(tab);
    return tab;
  }

  /** Brings a tab before the others: they are hidden. */
  public void show(String tab) {
    browser.send("Target.activateTarget", target(tab));
  }

  private static JsonObject target(String tab) {
    JsonObject target = new JsonObject();
    target.addProperty("targetId", tab);
    return target;
  }

  /** Whether a tab is hidden, as its page sees it. */
  public boolean isHidden(String tab) {
    return evaluate(tab, "document.hidden").getAsBoolean();
  }

  /**
   * The value of an expression in a tab.
   *
   * @throws IllegalStateException when the tab does not answer within a minute
   */
  public JsonElement evaluate(String tab, String expression) {
    long id = ++asked;
    JsonObject parameters = new JsonObject();
    parameters.addProperty("expression", expression);
    parameters.addProperty("returnByValue", true);
    JsonObject call = new JsonObject();
    call.addProperty("id", id);
    call.addProperty("method", "Runtime.evaluate");
    call.add("params", parameters);
    JsonObject message = new JsonObject();
    message.addProperty("sessionId", sessions.get(tab));
    message.addProperty("message", call.toString());
    browser.send("Target.sendMessageToTarget", message);
    long begun = System.nanoTime();
    while (!answers.containsKey(id)) { // answers arrive while Playwright waits for something else
      browser.send("Browser.getVersion");
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IllegalStateException("no answer of a tab to " + expression);
      }
    }
    return answers.remove(id).getAsJsonObject("result").getAsJsonObject("result").get("value");
  }

  @Override
  public void close() {
    JsonObject own = new JsonObject();
    own.addProperty("browserContextId", context);
    browser.send("Target.disposeBrowserContext", own);
    browser.detach();
  }
}
