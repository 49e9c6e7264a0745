package io.refdata.perf;

import io.refdata.persistence.metrics.duration.Durations;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The cost of counting a cached response, besides the clock, which it reads anyway. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
  /** Durations from 8 to 72 microseconds, as cached responses take. */
  private static final long LEAST = 8_000;

  private static final int SPREAD = 0xffff;
  private static final int STEP = 7_919;

  private final Durations durations = new Durations();
  private int turn;

  @Benchmark
  public void record() {
    turn += STEP;
    durations.record(LEAST + (turn & SPREAD));
  }
}
