#!/usr/bin/env bash
# Kafka consumers and transactions: a client that is still widely installed delivers aborted records and control records.
#
# One topic of a Kafka 4.4.0 broker holds, in this order: a committed transaction (a1, a2), an aborted one (b1), a committed
# one (c1). A consumer that reads committed records gets a1, a2, c1. What each client delivers with its defaults:
#
#   kafka-python 2.0.2 (Debian's python3-kafka)  a1 a2 (marker) b1 (marker) c1 (marker)   and has no isolation_level to change it
#   kafkajs 2.2.4 (npm)                          a1 a2 c1
#   kcat 1.7.1, librdkafka 2.0.2 (Debian)        a1 a2 c1
#   kafka-clients 4.4.0 (Java)                   a1 a2 b1 c1, as its default is isolation.level=read_uncommitted
#
# So "exactly once" at the producer is not exactly once at every consumer, and the defaults of the clients differ from each other.
#
# Needs bash, a JDK 17 or later, mvn, npm, node, python3 (3.11) and apt-get download on Debian 12. Installs into a temporary folder only.
# Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d); broker=
finish() { [ -z "$broker" ] || kill "$broker" 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$work"; }
trap finish EXIT
cd "$work"

cat > pom.xml <<'E'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>4.4.0</version>
<exclusions><exclusion><groupId>org.apache.kafka</groupId><artifactId>kafka-tools-api</artifactId></exclusion></exclusions>
</dependency></dependencies></project>
E
mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
apt-get download python3-kafka=2.0.2-3 python3-six=1.16.0-4 kcat=1.7.1-2 librdkafka1=2.0.2-1 libyajl2 > apt.log 2>&1 || { cat apt.log; exit 1; }
for package in *.deb; do dpkg -x "$package" debian; done
npm init -y > npm.log; npm install --silent --no-audit --no-fund kafkajs@2.2.4 >> npm.log 2>&1

cat > Kafka.java <<'E'
import java.io.*; import java.net.*; import java.time.Duration; import java.util.*;
import kafka.server.*; import org.apache.kafka.clients.consumer.*; import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*; import org.apache.kafka.common.serialization.*; import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker with one topic in which a transaction was aborted; prints its port, and ends with its standard input. */
class Kafka {
  static int free() throws IOException { try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) { return s.getLocalPort(); } }

  public static void main(String[] args) throws Exception {
    int port = free(), controller = free();
    new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream())).setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1).setControllerListenerName("CONTROLLER").setDirectories(List.of(args[0])).setMetadataLogDirectory(args[0]).run();
    Properties p = new Properties();
    p.putAll(Map.of("process.roles", "broker,controller", "node.id", "1", "controller.quorum.voters", "1@127.0.0.1:" + controller,
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller, "controller.listener.names", "CONTROLLER",
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT", "log.dirs", args[0],
        "transaction.state.log.min.isr", "1", "group.initial.rebalance.delay.ms", "0"));
    for (String topic : List.of("offsets.topic", "transaction.state.log")) { p.put(topic + ".replication.factor", "1"); p.put(topic + ".num.partitions", "1"); }
    new KafkaRaftServer(KafkaConfig.fromProps(p, false), Time.SYSTEM).startup();
    String server = "127.0.0.1:" + port;
    try (var producer = new KafkaProducer<String, String>(Map.of("bootstrap.servers", server, "transactional.id", "t"), new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      for (String values : List.of("a1 a2", "b1", "c1")) {
        producer.beginTransaction();
        for (String value : values.split(" ")) producer.send(new ProducerRecord<>("fires", value)).get();
        if (values.equals("b1")) producer.abortTransaction(); else producer.commitTransaction();
      }
    }
    var part = List.of(new TopicPartition("fires", 0));
    try (var consumer = new KafkaConsumer<String, String>(Map.of("bootstrap.servers", server), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(part); consumer.seekToBeginning(part);
      List<String> read = new ArrayList<>();
      while (consumer.position(part.get(0)) < consumer.endOffsets(part).get(part.get(0))) consumer.poll(Duration.ofMillis(200)).forEach(r -> read.add(r.value()));
      System.out.println("java " + String.join(" ", read));
    }
    System.out.println("port " + port);
    System.in.read();
    Runtime.getRuntime().halt(0);
  }
}
E
cat > read.py <<'E'
import sys, kafka
assert kafka.__version__ == '2.0.2', kafka.__version__
consumer = kafka.KafkaConsumer('fires', bootstrap_servers='127.0.0.1:' + sys.argv[1], auto_offset_reset='earliest', consumer_timeout_ms=4000)
print(*['(marker)' if not (m.value or b'').isalnum() else m.value.decode() for m in consumer])
E
cat > read.js <<'E'
const { Kafka, logLevel } = require('kafkajs');
const consumer = new Kafka({ brokers: ['127.0.0.1:' + process.argv[2]], logLevel: logLevel.NOTHING }).consumer({ groupId: 'js' });
const values = [];
(async () => {
  await consumer.connect(); await consumer.subscribe({ topic: 'fires', fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => { values.push(String(message.value)); } });
  setTimeout(async () => { console.log(values.join(' ')); await consumer.disconnect(); }, 4000);
})();
E
mkdir data; mkfifo stdin
java -cp 'lib/*' Kafka.java "$work/data" < stdin > java.out 2> java.err & broker=$!
exec 3> stdin
for _ in $(seq 120); do grep -q '^port' java.out && break; kill -0 "$broker" 2> /dev/null || { cat java.err; exit 1; }; sleep 0.5; done
port=$(sed -n 's/^port //p' java.out)

changed=0
check() { # name, expected, seen
  printf '%-32s %s\n' "$1" "$3"
  [ "$2" = "$3" ] || { echo "  changed: it was: $2"; changed=1; }
}
check 'kafka-clients 4.4.0' 'a1 a2 b1 c1' "$(sed -n 's/^java //p' java.out)"
check 'kafka-python 2.0.2' 'a1 a2 (marker) b1 (marker) c1 (marker)' "$(PYTHONPATH=debian/usr/lib/python3/dist-packages /usr/bin/python3 read.py "$port")"
check 'kafkajs 2.2.4' 'a1 a2 c1' "$(node read.js "$port")"
check 'kcat 1.7.1, librdkafka 2.0.2' 'a1 a2 c1' "$(LD_LIBRARY_PATH=$(dirname debian/usr/lib/*/librdkafka.so.1) debian/usr/bin/kcat -C -b "127.0.0.1:$port" -t fires -o beginning -e -q 2> kcat.err | paste -sd' ')"
if PYTHONPATH=debian/usr/lib/python3/dist-packages /usr/bin/python3 -c "import kafka; kafka.KafkaConsumer(isolation_level='read_committed')" 2> python.err; then
  echo '  changed: kafka-python takes isolation_level'; changed=1
else
  tail -1 python.err
fi
exit "$changed"
