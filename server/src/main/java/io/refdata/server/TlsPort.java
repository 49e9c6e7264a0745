package io.refdata.server;

import io.refdata.settings.Setting;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.HttpHandler;
import io.undertow.server.OpenListener;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.jboss.logging.Logger;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/**
 * The port for TLS 1.2 and 1.3, with HTTP/2 for clients that ask for it (ALPN). It has the handlers
 * and the bounds of the plain port. A renewed certificate is taken up without a restart.
 */
final class TlsPort implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TlsPort.class);
  private static final int HTTP2_WEIGHT = 10;
  private static final int BACKLOG = 1_000;

  /** That of a session without a handshake. */
  private static final String NO_CIPHER_SUITE = "SSL_NULL_WITH_NULL_NULL";

  private final XnioWorker worker;
  private final Certificate certificate;
  private final UndertowXnioSsl ssl;
  private final AcceptingChannel<SslConnection> port;
  private final XnioExecutor.Key renewal;
  private List<FileTime> changed;

  private TlsPort(XnioWorker worker, Certificate certificate, InetSocketAddress at, OpenListener on)
      throws IOException, GeneralSecurityException {
    this.worker = worker;
    this.certificate = certificate;
    this.changed = certificate.changed();
    SSLContext context = certificate.context();
    this.ssl = new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, on.getBufferPool(), context);
    ChannelListener<AcceptingChannel<StreamConnection>> accept =
        ChannelListeners.openListenerAdapter(
            connection -> {
              closeUnlessGreeted((SslConnection) connection);
              on.handleEvent(connection);
            });
    @SuppressWarnings({"unchecked", "rawtypes"}) // as Undertow does: each is a StreamConnection
    ChannelListener<AcceptingChannel<SslConnection>> accepting = (ChannelListener) accept;
    this.port = ssl.createSslConnectionServer(worker, at, accepting, options(context));
    this.port.resumeAccepts();
    long every = Setting.HTTPS_RENEWAL.time().toMillis();
    this.renewal =
        worker
            .getIoThread()
            .executeAtInterval(() -> worker.execute(this::renew), every, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the port of the setting {@code refdata.https.port}.
   *
   * @param plain the listener of the plain port, whose bounds it takes over
   * @param handler the first handler of all requests
   */
  static TlsPort open(
      XnioWorker worker, InetAddress address, OpenListener plain, HttpHandler handler)
      throws IOException, GeneralSecurityException {
    OptionMap bounds =
        OptionMap.builder()
            .addAll(plain.getUndertowOptions())
            .set(UndertowOptions.ENABLE_HTTP2, true)
            .set(
                UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS,
                (int) Setting.HTTP_STREAMS.number())
            .getMap();
    HttpOpenListener http = new HttpOpenListener(plain.getBufferPool(), bounds);
    AlpnOpenListener either = new AlpnOpenListener(plain.getBufferPool(), bounds, http);
    either.addProtocol(
        Http2OpenListener.HTTP2,
        new Http2OpenListener(plain.getBufferPool(), bounds),
        HTTP2_WEIGHT);
    either.setRootHandler(new FewStreams(handler, (int) Setting.HTTP_STREAMS.number()));
    InetSocketAddress at = new InetSocketAddress(address, (int) Setting.HTTPS_PORT.number());
    return new TlsPort(worker, Certificate.ofSettings(), at, either);
  }

  /** A connection that does not end its handshake holds a place until this closes it. */
  private static void closeUnlessGreeted(SslConnection connection) {
    connection
        .getIoThread()
        .executeAfter(
            () -> {
              SSLSession session = connection.getSslSession();
              if (session == null || session.getCipherSuite().equals(NO_CIPHER_SUITE)) {
                IoUtils.safeClose(connection);
              }
            },
            Setting.HTTP_PARSE_TIMEOUT.number(),
            TimeUnit.MILLISECONDS);
  }

  private static OptionMap options(SSLContext context) {
    String[] ciphers =
        Arrays.stream(context.getSupportedSSLParameters().getCipherSuites())
            .filter(TlsPort::isStrong)
            .toArray(String[]::new);
    return OptionMap.builder()
        .set(Options.TCP_NODELAY, true)
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.BACKLOG, BACKLOG)
        .set(Options.CONNECTION_HIGH_WATER, (int) Setting.HTTP_CONNECTIONS.number())
        .set(Options.CONNECTION_LOW_WATER, (int) Setting.HTTP_CONNECTIONS.number())
        .set(Options.READ_TIMEOUT, (int) Setting.HTTP_READ_TIMEOUT.number())
        .set(Options.WRITE_TIMEOUT, (int) Setting.HTTP_WRITE_TIMEOUT.number())
        .set(Options.SSL_ENABLED_PROTOCOLS, Sequence.of("TLSv1.3", "TLSv1.2"))
        .set(Options.SSL_ENABLED_CIPHER_SUITES, Sequence.of(ciphers))
        .getMap();
  }

  /** Whether a suite has forward secrecy, and seals what it encrypts. */
  private static boolean isStrong(String suite) {
    boolean sealed = suite.contains("_GCM_") || suite.contains("CHACHA20_POLY1305");
    return sealed && (suite.startsWith("TLS_ECDHE_") || !suite.contains("_WITH_"));
  }

  private synchronized void renew() {
    try {
      List<FileTime> now = certificate.changed();
      if (!now.equals(changed)) {
        ssl.updateSSLContext(certificate.context());
        changed = now;
        LOG.infof("The certificate of %s is taken up", certificate.chain());
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      LOG.warnf("The certificate of %s is not taken up yet: %s", certificate.chain(), e);
    }
  }

  @Override
  public void close() {
    renewal.remove();
    IoUtils.safeClose(port);
  }
}
