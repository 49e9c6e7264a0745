package io.refdata.server;

import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The certificate of this server with its private key, from the files that the settings {@code
 * refdata.https.*} name: a chain and a key in PEM, or both in one file of PKCS #12.
 *
 * @param chain the file of the certificate, the server's own first
 * @param key the file of the key; the same as {@code chain} for PKCS #12
 */
record Certificate(Path chain, Path key, String password) {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  static Certificate ofSettings() {
    Path chain = Path.of(Setting.HTTPS_CERTIFICATE.text());
    String key = Setting.HTTPS_KEY.text();
    return new Certificate(
        chain, key.isEmpty() ? chain : Path.of(key), Setting.HTTPS_PASSWORD.text());
  }

  /** When each of the files was last changed. */
  List<FileTime> changed() throws IOException {
    return List.of(Files.getLastModifiedTime(chain), Files.getLastModifiedTime(key));
  }

  /**
   * The TLS context with this certificate and its key.
   *
   * @throws GeneralSecurityException if a file does not hold what it should
   */
  SSLContext context() throws IOException, GeneralSecurityException {
    char[] secret = password.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(chain)) {
      if (isPkcs12()) {
        store.load(in, secret);
      } else {
        var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        if (certificates.isEmpty()) {
          throw new GeneralSecurityException(chain + " has no certificate");
        }
        store.load(null, null);
        var all = certificates.toArray(java.security.cert.Certificate[]::new);
        PrivateKey own = key(all[0].getPublicKey().getAlgorithm());
        requirePair(own, all[0].getPublicKey());
        store.setKeyEntry("server", own, secret, all);
      }
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, secret);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** The two files may have been replaced one after the other. */
  private void requirePair(PrivateKey own, PublicKey shown) throws GeneralSecurityException {
    boolean elliptic = own.getAlgorithm().equals("EC");
    Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSA" : "SHA256withRSA");
    byte[] text = {1};
    signature.initSign(own);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update(text);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException(key + " is not the key of the certificate in " + chain);
    }
  }

  private boolean isPkcs12() {
    String name = chain.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }

  private PrivateKey key(String algorithm) throws IOException, GeneralSecurityException {
    String text = Files.readString(key, StandardCharsets.US_ASCII);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException(
          key + " has no plain key of PKCS #8; openssl pkcs8 -topk8 -nocrypt makes one");
    }
    byte[] bytes =
        Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end).strip());
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }
}
