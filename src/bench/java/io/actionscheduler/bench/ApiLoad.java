package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What load on the HTTP API does to the fires beside it. */
final class ApiLoad implements Benchmark {
  private static final int FIRING = 1_000;
  private static final int ALL = 100_000;
  private static final int SCHEDULES = 200;
  private static final int SECONDS = Integer.getInteger("seconds", 60); // of each kind

  /** A part of the minutes that the scheduler runs, from a second on. */
  private record Phase(String label, Instant from, int seconds) {}

  @Override
  public String name() {
    return "api-load";
  }

  @Override
  public String work() {
    return "1,000 fires each second to standard output, of a table of 100,000 actions, progress and history on"
        + " disk (one SQLite file): lateness of all lines at the other end of the pipe, alone and then beside load"
        + " from a process of its own on the same cores, a minute of each kind. First page: GET"
        + " /api/v1/jobs?size=50, a new one each 50 ms.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Cadence cadence = Cadence.every(1);
    Path folder = session.folder();
    ActionTable.sqlite(
        folder.resolve("database.db"),
        ALL,
        i -> i <= FIRING ? cadence.cron(i % SCHEDULES) : NEVER_SOON);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("database.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE action ADD COLUMN enabled BOOLEAN"); // what pausing writes
    }
    int port = freePort();
    Launch launch =
        Launch.in(folder)
            .config(
                Configs.sqlite("database.db", true, 600)
                    + "http: {port: %d, rate_limit: 100000}\n".formatted(port));
    LineReceiver receiver = new LineReceiver(FIRING * 600);
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant ready = scheduler.awaitReady().receivedAt();
      Instant first = Instant.ofEpochSecond(ready.getEpochSecond() + 10);
      Pause.until(first.minusMillis(100));
      int from = receiver.count();
      List<Phase> phases = new ArrayList<>();
      Instant at = first;
      phases.add(new Phase("alone", at, SECONDS));
      ProcessHandle handle = scheduler.process().toHandle();
      Busy alone = Busy.begin(handle);
      at = at.plusSeconds(SECONDS);
      Pause.until(at);
      double idle = alone.share();
      for (Map.Entry<String, List<String>> load : loads().entrySet()) {
        Process process = start(port, load.getValue());
        try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
          said.readLine(); // it begins
          Instant begun = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 1);
          phases.add(new Phase(load.getKey(), begun, SECONDS - 2));
          Busy loaded = Busy.begin(handle);
          Map<String, Double> figures = rows(load.getKey(), said, out);
          processorTime(load.getKey(), loaded.since(idle), figures, out);
        } finally {
          process.destroyForcibly();
          process.waitFor();
        }
      }
      phases.add(pauseAll(port));
      Pause.until(Instant.now().plusSeconds(2));
      int[] actions = receiver.slice(from, Integer.MAX_VALUE).actions();
      long[] receivedAt = receiver.slice(from, from + actions.length).receivedAt();
      lateness(phases, actions, receivedAt, first, out);
    }
  }

  /** Those that fire go on, to be measured. */
  private static final String NOT_FIRING =
      IntStream.rangeClosed(FIRING + 1, ALL)
          .mapToObj(Integer::toString)
          .collect(Collectors.joining(",", "[", "]"));

  private static final String NEVER_SOON =
      "{\"format\": \"unix\", \"params\": {\"value\": \"0 0 1 1 *\"}}";

  private static Map<String, List<String>> loads() {
    Map<String, List<String>> loads = new LinkedHashMap<>();
    loads.put("2,000 GET of one job a second", List.of("get", "2000"));
    loads.put("500 creates a second", List.of("create", "500"));
    loads.put("first page of 100,000 jobs", List.of("page", "20"));
    loads.put("1,000 slow connections and 200 event streams", List.of("slow", "1000"));
    return loads;
  }

  private static Process start(int port, List<String> load) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LoadProcess.class.getName(),
            Integer.toString(port),
            Integer.toString(SECONDS)));
    command.addAll(load);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Processor time of a process from a moment on. */
  private record Busy(ProcessHandle process, long startedAt, double before) {
    static Busy begin(ProcessHandle process) {
      return new Busy(process, System.nanoTime(), LoadProcess.processorMillis(process));
    }

    private double millis() {
      return LoadProcess.processorMillis(process) - before;
    }

    private double passed() {
      return (System.nanoTime() - startedAt) / 1e6;
    }

    /** Of the time that passed: 1 is one processor. */
    double share() {
      return millis() / passed();
    }

    /** Milliseconds beyond those of a process that is busy to this share anyway. */
    double since(double idle) {
      return millis() - idle * passed();
    }
  }

  /** Lines of the load's process: a name, and a figure. */
  private static Map<String, Double> rows(String label, BufferedReader said, Consumer<Row> out)
      throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      String[] parts = line.split("=");
      double figure = Double.parseDouble(parts[1]);
      figures.put(parts[0], figure);
      if (parts[0].equals("answers") || parts[0].equals("processor time")) {
        continue;
      }
      Row row =
          parts[0].endsWith(" ms")
              ? Row.millis(label + ", " + parts[0].replace(" ms", ""), figure)
              : Row.of(label + ", " + parts[0], Figures.of(figure), "");
      boolean page = label.startsWith("first page") && parts[0].startsWith("answer p50");
      out.accept(page ? row.atMost(30) : parts[0].equals("faults") ? row.atMost(0) : row);
    }
    return figures;
  }

  /** Figures that hold on a busy machine, too, where rates do not. */
  private static void processorTime(
      String label, double millis, Map<String, Double> figures, Consumer<Row> out) {
    Double answers = figures.get("answers");
    if (answers != null) {
      out.accept(Row.millis(label + ", processor time of the scheduler each", millis / answers));
      double load = figures.get("processor time") / answers;
      out.accept(Row.millis(label + ", processor time of the load each", load));
    }
  }

  private static Phase pauseAll(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String address = "http://127.0.0.1:" + port + "/api/v1/";
    Instant from = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 1);
    String bulk = "{\"filter\": {\"ids\": " + NOT_FIRING + "}, \"operation\": \"pause\"}";
    HttpResponse<String> begun =
        client.send(
            HttpRequest.newBuilder(URI.create(address + "jobs/bulk"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(bulk))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (begun.statusCode() != 202) {
      throw new IllegalStateException("the bulk was refused: " + begun.body());
    }
    String progress =
        "http://127.0.0.1:" + port + begun.headers().firstValue("Location").orElseThrow();
    Instant limit = Instant.now().plus(Duration.ofSeconds(90));
    boolean done =
        Pause.until(
            limit,
            () -> {
              try {
                return client
                    .send(
                        HttpRequest.newBuilder(URI.create(progress)).build(),
                        HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"done\"");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    int seconds = (int) Math.max(2, Duration.between(from, Instant.now()).toSeconds());
    return new Phase("99,000 pauses in bulk" + (done ? "" : " (the first 90 s)"), from, seconds);
  }

  private static void lateness(
      List<Phase> phases, int[] actions, long[] receivedAt, Instant first, Consumer<Row> out) {
    int[] lines = new int[ALL + 1];
    long[] dueAt = new long[actions.length];
    for (int i = 0; i < actions.length; i++) {
      dueAt[i] = (first.getEpochSecond() + lines[actions[i]]++) * 1_000_000;
    }
    double alone = 0;
    for (Phase phase : phases) {
      long from = LineReceiver.micros(phase.from());
      long to = LineReceiver.micros(phase.from().plusSeconds(phase.seconds()));
      List<Double> late = new ArrayList<>();
      for (int i = 0; i < dueAt.length; i++) {
        if (dueAt[i] >= from && dueAt[i] < to) {
          late.add((receivedAt[i] - dueAt[i]) / 1e3);
        }
      }
      Figures figures = Figures.of(late);
      Row p99 = Row.millis(phase.label() + ": lateness p99", figures.percentile(99));
      boolean before = phase.label().equals("alone");
      alone = before ? figures.percentile(99) : alone;
      out.accept(before ? p99 : p99.atMost(Math.ceil(alone + 10)));
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
