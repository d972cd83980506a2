package io.actionscheduler.http;

import io.actionscheduler.concurrent.Daemons;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a changed key store into use. It is looked at every second and read as a whole first: with
 * a file that is half written, wrong or gone, the previous certificate stays in use.
 */
public final class ServerKeys extends AbstractLifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(ServerKeys.class);
  private static final byte[] NOTHING = {};

  private final HttpSettings.Tls tls;
  private final SslContextFactory.Server context;
  private final ScheduledExecutorService thread = Daemons.timer("certificate");
  private byte[] seen;
  private String fault = ""; // of what was seen; empty for none
  private boolean told;

  /**
   * @param context reads the key store after this
   */
  ServerKeys(HttpSettings.Tls tls, SslContextFactory.Server context) {
    this.tls = tls;
    this.context = context;
    this.seen = read();
  }

  @Override
  protected void doStart() {
    thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() {
    thread.shutdownNow();
  }

  private void look() {
    byte[] now = read();
    if (!Arrays.equals(now, seen)) {
      seen = now;
      told = false;
      fault = take();
    } else if (!fault.isEmpty() && !told) { // not while somebody still writes it
      told = true;
      LOG.warn(
          "http.tls.keystore {}: {}; the previous certificate stays in use", tls.keystore(), fault);
    }
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(tls.keystore());
    } catch (IOException e) {
      return NOTHING;
    }
  }

  /** Why what was seen cannot be used; empty when it is in use. */
  private String take() {
    if (seen.length == 0) {
      return "the file is missing, empty or not readable; restore it";
    }
    try {
      KeyStore store = store(seen, tls);
      context.reload(factory -> factory.setKeyStore(store));
      LOG.info("http.tls.keystore {}: the certificate of the file is in use", tls.keystore());
      return "";
    } catch (Exception e) { // Jetty declares no other type
      return "it cannot be used: " + (e.getMessage() == null ? "not complete" : e.getMessage());
    }
  }

  /**
   * Checks that a server can use the key store.
   *
   * @throws IOException when the file cannot be read, is no key store, or has another password
   * @throws GeneralSecurityException when no private key is in it, or the password does not open
   *     all keys
   */
  public static void check(HttpSettings.Tls tls) throws IOException, GeneralSecurityException {
    store(Files.readAllBytes(tls.keystore()), tls);
  }

  private static KeyStore store(byte[] file, HttpSettings.Tls tls)
      throws IOException, GeneralSecurityException {
    char[] password = tls.password().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12"); // which reads JKS, too
    store.load(new ByteArrayInputStream(file), password);
    // As the server does when it takes the store: without this, its failure would end all TLS.
    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).init(store, password);
    for (String alias : Collections.list(store.aliases())) {
      if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
        return store;
      }
    }
    throw new GeneralSecurityException(
        "it holds no private key; put the key of the certificate into it");
  }
}
