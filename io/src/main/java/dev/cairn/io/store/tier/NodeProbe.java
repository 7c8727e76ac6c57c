package dev.cairn.io.store.tier;

import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.Timeouts;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.kubo.KuboClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a node whether it is there. */
final class NodeProbe {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProbe.class);

  /** Long enough for a busy node on this machine or near it; nobody waits longer at a launch. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * An answer.
   *
   * @param detail what answered, or why nothing did, for people
   */
  record Answer(boolean isUp, String detail) {}

  private final KuboNode node;

  NodeProbe(KuboNode node) {
    this.node = node;
  }

  /**
   * Asks once.
   *
   * @throws IllegalArgumentException if the address cannot be read
   * @throws dev.cairn.io.store.http.RefusedException if what answers is no Kubo, or refuses
   *     credentials
   */
  Answer ask() throws IOException {
    Endpoint endpoint = Endpoint.parse(node.api());
    return isListening(endpoint)
        ? version(endpoint)
        : new Answer(false, "no node answers at " + endpoint);
  }

  /** Cheaper than a request where nobody is, as on most machines. */
  private static boolean isListening(Endpoint endpoint) {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
      socket.connect(address, (int) PATIENCE.toMillis());
      return true;
    } catch (IOException e) {
      LOG.debug("Nobody listens at {}", endpoint, e);
      return false;
    }
  }

  /** A client for who waits for one short answer. */
  static KuboClient impatient(KuboNode node, Duration patience) throws IOException {
    return node.newClient().timeouts(timeouts(patience)).retries(Retries.none()).build();
  }

  /** How long to wait for one short answer. */
  static Timeouts timeouts(Duration patience) {
    return Timeouts.standard().withConnect(patience).withIdle(patience).withTotal(patience);
  }

  private Answer version(Endpoint endpoint) throws IOException {
    try (KuboClient client = impatient(node, PATIENCE)) {
      return new Answer(true, "Kubo " + client.version() + " at " + endpoint);
    } catch (UnavailableException e) {
      return new Answer(false, "no node answers at " + endpoint);
    }
  }
}
