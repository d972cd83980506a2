package io.actionscheduler.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for 127.0.0.1 and localhost, signed by itself, made by the JDK's keytool. */
public final class TestCertificate {
  private static final String PASSWORD = "open sesame";

  private final Path folder;

  private TestCertificate(Path folder) {
    this.folder = folder;
  }

  /** Makes one; its files are in {@code folder}. */
  public static TestCertificate in(Path folder) throws Exception {
    TestCertificate made = new TestCertificate(folder);
    made.keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-validity",
        "3650",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    made.keytool("-exportcert", "-rfc", "-file", made.certificate().toString());
    Key key = made.store().getKey("mykey", PASSWORD.toCharArray());
    String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.writeString(
        made.key(),
        "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n",
        StandardCharsets.US_ASCII);
    return made;
  }

  /** The certificate in PEM. */
  public Path certificate() {
    return folder.resolve("certificate.pem");
  }

  /** The private key in PEM. */
  public Path key() {
    return folder.resolve("key.pem");
  }

  /** For servers that run in the test's own process. */
  public SSLContext server() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** The key store (PKCS 12) with both. */
  public Path keyStore() {
    return folder.resolve("store.p12");
  }

  public String password() {
    return PASSWORD;
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore())) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    builder.command().addAll(List.of(arguments));
    builder
        .command()
        .addAll(
            List.of(
                "-keystore",
                keyStore().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(folder.resolve("keytool.log")));
    }
  }
}
