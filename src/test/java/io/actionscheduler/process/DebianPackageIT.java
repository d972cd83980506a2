package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.testing.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, installed, started, upgraded and removed by the machine's own dpkg: on a copy
 * of its file system (an overlay, in a mount namespace), so that the machine stays as it is. There
 * is no systemd in it: the service is started as its unit would.
 */
class DebianPackageIT {
  private static final String WORLD =
      """
      set -eu
      world=$1; deb=$2; script=$3; java=$4
      mount -t tmpfs none "$world"
      mkdir "$world/up" "$world/work" "$world/root"
      mount -t overlay overlay -o "lowerdir=/,upperdir=$world/up,workdir=$world/work" "$world/root" || exit 77
      mount --bind /dev "$world/root/dev"
      mount -t proc proc "$world/root/proc"
      mount -t tmpfs none "$world/root/tmp"
      mount -t tmpfs none "$world/root/run"
      cp "$deb" "$world/root/tmp/action-scheduler.deb"
      cp "$script" "$world/root/tmp/script"
      exec env -i PATH="$java:/usr/sbin:/usr/bin:/sbin:/bin" LANG=C.UTF-8 chroot "$world/root" sh /tmp/script
      """;

  private static final String SCRIPT =
      """
      set -eu
      as_service() {
        (cd /var/lib/action-scheduler && setpriv --reuid=action-scheduler --regid=action-scheduler \\
          --init-groups --no-new-privs -- env ACTION_SCHEDULER_CACHE=/var/cache/action-scheduler \\
          action-scheduler --config /etc/action-scheduler/config.yaml \\
          --env-file /etc/action-scheduler/environment "$@")
      }
      # Where Java is no Debian package, dpkg would not know that it is there.
      dpkg --force-depends -i /tmp/action-scheduler.deb
      id -un action-scheduler
      stat -c '%a %U:%G %n' /etc/action-scheduler/* /var/lib/action-scheduler
      if command -v systemd-analyze; then
        systemd-analyze verify /lib/systemd/system/action-scheduler.service 2>&1 \\
          | grep action-scheduler.service && exit 3
      fi
      action-scheduler --version

      as_service validate
      as_service actions add --name each-second --command fired --cron '* * * * * *'
      (cd / && as_service run > /tmp/out 2> /tmp/log) &
      tries=0
      until grep -q fired /tmp/out; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { cat /tmp/log; exit 4; }
        sleep 0.1
      done
      kill -TERM "$(cat /proc/[0-9]*/stat | awk '$2 == "(java)" {print $1; exit}')"
      wait $!
      echo "stopped: $?"
      as_service history --limit 1 > /tmp/history
      grep -q success /tmp/history

      sed -i 's/actuality_time: 600/actuality_time: 700/' /etc/action-scheduler/config.yaml
      dpkg --force-depends -i /tmp/action-scheduler.deb # an upgrade keeps what was edited
      grep -q 'actuality_time: 700' /etc/action-scheduler/config.yaml
      dpkg -r action-scheduler
      [ ! -e /usr/bin/action-scheduler ] && [ ! -e /usr/share/action-scheduler/lib ]
      [ -e /etc/action-scheduler/config.yaml ] && [ -e /var/lib/action-scheduler/actions.db ]
      dpkg -P action-scheduler
      [ ! -e /etc/action-scheduler ] && [ ! -e /var/lib/action-scheduler ]
      ! getent passwd action-scheduler
      echo done
      """;

  @TempDir Path folder;

  @Test
  void itIsInstalledStartedUpgradedAndRemoved() throws Exception {
    Path deb = Launch.jar().resolveSibling("action-scheduler.deb");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg")), "no dpkg here");
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root installs packages");
    assertThat(deb).exists();

    String output = run(deb);
    assertThat(output)
        .contains("640 root:action-scheduler /etc/action-scheduler/config.yaml")
        .contains("640 root:action-scheduler /etc/action-scheduler/environment")
        .contains("750 action-scheduler:action-scheduler /var/lib/action-scheduler")
        .contains("stopped: 0\n")
        .endsWith("done\n");
    assertThat(Path.of("/usr/share/action-scheduler")).doesNotExist(); // on this machine itself
  }

  private String run(Path deb) throws IOException, InterruptedException {
    Path world = Files.createDirectory(folder.resolve("world"));
    Path script = Files.writeString(folder.resolve("script"), SCRIPT);
    Path output = folder.resolve("output");
    List<String> command =
        List.of(
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            WORLD,
            "world",
            world.toString(),
            deb.toString(),
            script.toString(),
            Path.of(System.getProperty("java.home"), "bin").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assumeTrue(process.exitValue() != 77 && !text.startsWith("unshare:"), "no namespaces: " + text);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
