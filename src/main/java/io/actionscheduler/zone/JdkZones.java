package io.actionscheduler.zone;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The time zone data that the JDK brings, in its file {@code lib/tzdb.dat}. */
final class JdkZones implements ZoneSource {
  private final Path file;
  private final String version;
  private Set<String> ids; // null until asked for
  private Map<String, byte[]> rules; // each as java.time serializes it

  private JdkZones(Path file, String version) {
    this.file = file;
    this.version = version;
  }

  /** Those of the JDK in {@code home}; of the file, only what names the version is read yet. */
  static JdkZones of(Path home) throws ZoneFault {
    Path file = home.resolve("lib").resolve("tzdb.dat");
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      String[] versions = versions(file, in);
      return new JdkZones(file, ZoneVersion.of(versions[versions.length - 1]));
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new ZoneFault(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String[] versions(Path file, DataInputStream in) throws IOException, ZoneFault {
    if (in.readByte() != 1 || !in.readUTF().equals("TZDB")) {
      throw new ZoneFault(file + ": is not time zone data of a JDK");
    }
    return texts(in);
  }

  private synchronized Map<String, byte[]> all() throws ZoneFault {
    if (rules == null) {
      try (DataInputStream in =
          new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
        String[] versions = versions(file, in);
        String[] names = texts(in);
        byte[][] bodies = new byte[in.readUnsignedShort()][];
        for (int i = 0; i < bodies.length; i++) {
          bodies[i] = in.readNBytes(in.readUnsignedShort());
        }
        Map<String, byte[]> read = new HashMap<>();
        for (String each : versions) { // the last is the newest
          read.clear();
          int count = in.readUnsignedShort();
          for (int one = 0; one < count; one++) {
            String name = names[in.readUnsignedShort()];
            read.put(name, bodies[in.readUnsignedShort()]);
          }
        }
        rules = read;
      } catch (IOException | IndexOutOfBoundsException e) {
        throw new ZoneFault(file + ": cannot be read: " + e.getMessage(), e);
      }
    }
    return rules;
  }

  private static String[] texts(DataInputStream in) throws IOException {
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readUTF();
    }
    return texts;
  }

  @Override
  public String name() {
    return ZoneChoice.JDK;
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public synchronized Set<String> ids() throws ZoneFault {
    if (ids != null) {
      return ids;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 15))) {
      versions(file, in);
      ids = Set.of(texts(in)); // the rules behind them take much longer to read
      return ids;
    } catch (IOException | IllegalArgumentException e) {
      throw new ZoneFault(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public ZoneRules rules(String id) throws ZoneFault {
    byte[] kept = all().get(id);
    if (kept == null) {
      throw new ZoneFault(file + ": has no zone " + id);
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stream(kept)))) {
      return (ZoneRules) in.readObject();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      throw new ZoneFault(file + ": zone " + id + " cannot be read: " + e, e);
    }
  }

  /**
   * The file holds what java.time writes when rules are serialized, without the frame around it:
   * this puts that around it again.
   */
  private static byte[] stream(byte[] rules) throws IOException {
    ByteArrayOutputStream example = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(example)) {
      out.writeObject(ZoneOffset.UTC.getRules());
    }
    byte[] framed = example.toByteArray();
    int block = framed.length - 15; // rules of a fixed offset take 12 bytes
    if (framed[block] != ObjectStreamConstants.TC_BLOCKDATA || framed[block + 1] != 12) {
      throw new IOException("this JDK serializes time zone rules in another form");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(framed, 0, block);
    out.writeByte(ObjectStreamConstants.TC_BLOCKDATALONG);
    out.writeInt(rules.length);
    out.write(rules);
    out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
    return bytes.toByteArray();
  }
}
