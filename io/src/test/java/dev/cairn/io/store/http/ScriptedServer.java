package dev.cairn.io.store.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server of raw bytes on 127.0.0.1, for what no healthy one sends. Each connection plays the next
 * script, the last one again and again, and is then closed.
 */
public final class ScriptedServer implements Closeable {
  private final ServerSocket listening;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What happens on a connection. */
  @FunctionalInterface
  public interface Script {
    /** Reads and writes as it likes. */
    void play(Conversation with) throws IOException, InterruptedException;
  }

  /** A server that listens; what it plays is to be said before the first connection. */
  public ScriptedServer() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The next connections play these, and later ones the last of them. */
  public void play(Script... next) {
    scripts.clear();
    scripts.addAll(List.of(next));
  }

  /** Takes the request in and answers with these bytes, as Latin-1. */
  public static Script answer(String response) {
    return with -> {
      with.readRequest();
      with.write(response);
    };
  }

  /** Answers in JSON, the whole at once. */
  public static Script json(int status, String body) {
    return answer(head(status, "application/json", body.length()) + body);
  }

  /** Takes the request in and closes the connection. */
  public static Script hangUp() {
    return Conversation::readRequest;
  }

  /** A status line and headers. */
  public static String head(int status, String type, long length) {
    return "HTTP/1.1 "
        + status
        + " S\r\nConnection: close\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** The head of an answer in chunks, with an announced trailer. */
  public static String chunkedHead(String type) {
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
        + "Trailer: X-Stream-Error\r\nContent-Type: "
        + type
        + "\r\n\r\n";
  }

  /** One chunk. */
  public static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** Where it listens. */
  public Endpoint endpoint() {
    return Endpoint.parse("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** The requests' lines and headers so far. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        Script script = scripts.size() > 1 ? scripts.remove() : scripts.element();
        start(() -> play(script, socket));
      } catch (IOException e) {
        if (closed.getCount() > 0) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void play(Script script, Socket socket) {
    try (socket) {
      script.play(new Conversation(socket));
    } catch (IOException | InterruptedException e) {
      // The client went away, which is what many tests want to see it do.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    List<Thread> all;
    synchronized (this) {
      all = List.copyOf(threads);
    }
    for (Thread thread : all) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One connection. */
  public final class Conversation {
    private final InputStream in;
    private final OutputStream out;

    private Conversation(Socket socket) throws IOException {
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /** Reads line and headers of a request, and leaves its body. */
    public String readHead() throws IOException {
      String head = readTo("\r\n\r\n");
      heads.add(head);
      return head;
    }

    /** Reads a request with its body, and returns the body as it was sent. */
    public byte[] readRequest() throws IOException {
      String head = readHead();
      if (head.contains("Transfer-Encoding: chunked")) {
        return readTo("\r\n0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
      }
      String length = "Content-Length: ";
      int at = head.indexOf(length);
      int bytes =
          at < 0
              ? 0
              : Integer.parseInt(head.substring(at + length.length(), head.indexOf('\r', at)));
      return in.readNBytes(bytes);
    }

    /** Writes these bytes, given as Latin-1. */
    public void write(String latin1) throws IOException {
      out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Says nothing until the server is closed. */
    public void stall() throws InterruptedException {
      closed.await();
    }

    private String readTo(String end) throws IOException {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] wanted = end.getBytes(StandardCharsets.ISO_8859_1);
      int matched = 0;
      while (matched < wanted.length) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the client went away");
        }
        read.write(b);
        if (b == wanted[matched]) {
          matched++;
        } else {
          matched = b == wanted[0] ? 1 : 0;
        }
      }
      return read.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
