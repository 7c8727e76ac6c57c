package dev.cairn.io.store;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plays parts on threads of their own, but only one at a time: whoever plays hands over where
 * {@link #turn} is called. Threads are used again from play to play.
 */
final class SimStage implements Closeable {
  private static final int DIRECTOR = -1;
  private static final int NOBODY = -2;

  /** Says who plays next. */
  interface Chooser {
    /**
     * The next player.
     *
     * @param current who plays now, or -1 if that one's part is over
     * @param playing whose parts are not over; at least one
     */
    int next(int current, boolean[] playing);
  }

  private final List<Player> players = new ArrayList<>();
  private @Nullable Thread director;
  private volatile Chooser chooser = (current, playing) -> 0;
  private volatile boolean[] playing = {};
  private volatile int onStage = NOBODY;
  private volatile boolean closed;

  /** Plays all parts to their ends. A part throws nothing. */
  void play(List<Runnable> parts, Chooser order) {
    director = Thread.currentThread();
    while (players.size() < parts.size()) {
      players.add(new Player(players.size()));
    }
    chooser = order;
    boolean[] all = new boolean[parts.size()];
    Arrays.fill(all, true);
    playing = all;
    for (int i = 0; i < all.length; i++) {
      players.get(i).part = parts.get(i);
    }
    handTo(order.next(-1, all));
    await(DIRECTOR);
  }

  /** To be called by the part that plays: perhaps another plays first. */
  void turn() {
    int current = onStage;
    int next = chooser.next(current, playing);
    if (next != current) {
      handTo(next);
      await(current);
    }
  }

  private void handTo(int next) {
    onStage = next;
    LockSupport.unpark(next == DIRECTOR ? director : players.get(next).thread);
  }

  private void await(int me) {
    while (onStage != me && !closed) {
      LockSupport.park(this);
    }
  }

  private final class Player implements Runnable {
    private final int number;
    private final Thread thread;
    private Runnable part = () -> {};

    Player(int number) {
      this.number = number;
      this.thread = new Thread(this, "simulated-" + number);
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void run() {
      await(number);
      while (!closed) {
        part.run();
        playing[number] = false;
        boolean over = true;
        for (boolean other : playing) {
          over &= !other;
        }
        handTo(over ? DIRECTOR : chooser.next(-1, playing));
        await(number);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Player player : players) {
      LockSupport.unpark(player.thread);
    }
    for (Player player : players) {
      join(player.thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
