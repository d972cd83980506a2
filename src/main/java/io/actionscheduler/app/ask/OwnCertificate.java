package io.actionscheduler.app.ask;

import io.actionscheduler.http.HttpSettings.Tls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the certificates of our own key store alone. The host is not compared: the scheduler is
 * asked at an address of this machine, and its certificate is for the name that others use.
 */
final class OwnCertificate extends X509ExtendedTrustManager {
  private final Set<Certificate> own;

  private OwnCertificate(Set<Certificate> own) {
    this.own = own;
  }

  static SSLContext context(Tls tls) throws Unanswered {
    try {
      KeyStore keys = KeyStore.getInstance(tls.keystore().toFile(), tls.password().toCharArray());
      Set<Certificate> own = new HashSet<>();
      for (String alias : Collections.list(keys.aliases())) {
        own.add(keys.getCertificate(alias));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new OwnCertificate(own)}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new Unanswered(
          Unanswered.Kind.REFUSED, "key store " + tls.keystore() + ": " + e.getMessage(), e);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !own.contains(chain[0])) {
      throw new CertificateException(
          "the server's certificate is not in the key store of http.tls");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
