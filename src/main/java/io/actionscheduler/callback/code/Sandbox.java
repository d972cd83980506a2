package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines that run a program at a rung of the ladder.
 *
 * @param network whether the program may reach the network
 * @param readable folders and files beside the system's own that a program may read
 * @param hidden the scheduler's own folders and files
 */
record Sandbox(CodeLimits limits, boolean network, List<Path> readable, List<Path> hidden) {
  /** The job's folder, as a job sees it behind bubblewrap. */
  static final String INSIDE = "/job";

  /** Folders of the operating system; parts of the scheduler in them are hidden. */
  private static final List<String> SYSTEM = List.of("/usr", "/etc");

  /** Symbolic links into /usr on most systems, folders on others. */
  private static final List<String> MERGED =
      List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

  private static final String RESOLVER = "/run/systemd/resolve";

  /**
   * Covers what is hidden, then runs the rest as a child: the first process of a namespace does not
   * get the signals that it sends to itself.
   */
  private static final String COVER =
      """
      while [ "$1" != -- ]; do
        if [ -d "$1" ]; then
          mount -t tmpfs -o size=4k,mode=0555,ro none "$1" || exit 97
        elif [ -e "$1" ]; then
          mount --bind /dev/null "$1" || exit 97
        fi
        shift
      done
      shift
      "$@"
      exit $?
      """;

  Sandbox {
    requireNonNull(limits, "limits is null");
    readable = List.copyOf(readable);
    hidden = List.copyOf(hidden);
  }

  /**
   * The arguments that run {@code program} in {@code folder}.
   *
   * @throws IOException when a folder of the system cannot be looked at
   */
  List<String> command(Rung rung, User user, JobFolder folder, List<String> program)
      throws IOException {
    List<String> command =
        tool("setsid"); // processes that a job leaves running are found by their user
    command.addAll(
        switch (rung) {
          case NONE -> throw new IllegalArgumentException("no job runs below rung 1");
          case LIMITS -> limited(user, false, program);
          case NAMESPACES -> namespaces(user, folder, program);
          case BUBBLEWRAP, CGROUP -> bubblewrap(user, folder, program);
        });
    return command;
  }

  private List<String> namespaces(User user, JobFolder folder, List<String> program) {
    List<String> command = tool("setpriv");
    command.addAll(List.of("--pdeathsig", "KILL", "--"));
    command.addAll(tool("unshare"));
    if (!user.isOwn()) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    command.addAll(List.of("--pid", "--ipc", "--mount", "--fork", "--kill-child", "--mount-proc"));
    if (!network) {
      command.add("--net");
    }
    command.addAll(List.of("--", "/bin/sh", "-c", COVER, "sandbox"));
    for (Path path : covered(List.of(Path.of("/")), folder)) {
      command.add(path.toString());
    }
    command.add("--");
    command.addAll(limited(user, true, program));
    return command;
  }

  private List<String> bubblewrap(User user, JobFolder folder, List<String> program)
      throws IOException {
    List<String> command = tool("bwrap");
    command.addAll(List.of("--die-with-parent", "--new-session", "--unshare-pid"));
    command.addAll(List.of("--unshare-ipc", "--unshare-uts", "--cap-drop", "ALL"));
    if (!network) {
      command.add("--unshare-net");
    }
    if (user.isOwn()) {
      for (String capability : List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")) {
        command.addAll(List.of("--cap-add", capability)); // allows to change to the user of the job
      }
    } else {
      command.add("--unshare-user");
    }
    List<Path> visible = new ArrayList<>(system(command));
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    bind(command, "--bind", folder.shared().toString(), "/dev/shm");
    bind(command, "--bind", folder.temporary().toString(), "/tmp");
    if (network) {
      makeAbove(command, Path.of(RESOLVER));
      bind(command, "--ro-bind-try", RESOLVER, RESOLVER); // names of hosts
    }
    for (Path path : readable) { // after /tmp, which some of it may be in
      makeAbove(command, path);
      bind(command, "--ro-bind-try", path.toString(), path.toString());
      visible.add(path);
    }
    bind(command, "--bind", folder.work().toString(), INSIDE);
    for (Path path : covered(visible, folder)) {
      if (Files.isDirectory(path)) {
        command.addAll(List.of("--tmpfs", path.toString(), "--remount-ro", path.toString()));
      } else if (Files.exists(path)) {
        command.addAll(List.of("--ro-bind", "/dev/null", path.toString()));
      }
    }
    command.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/", "--"));
    List<String> inside =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "cd " + INSIDE + " && unset OLDPWD && exec \"$0\" \"$@\""));
    inside.addAll(program);
    command.addAll(limited(user, false, inside));
    return command;
  }

  /**
   * Makes the folders above a path; those that bubblewrap makes itself can only be entered by root.
   */
  private static void makeAbove(List<String> command, Path path) {
    Path parent = path.getParent();
    if (parent != null && parent.getNameCount() > 0) {
      makeAbove(command, parent);
      command.addAll(List.of("--dir", parent.toString())); // does nothing if it exists
    }
  }

  /** Makes the system's folders visible, and gives them. */
  private static List<Path> system(List<String> command) throws IOException {
    List<Path> visible = new ArrayList<>();
    for (String folder : SYSTEM) {
      bind(command, "--ro-bind", folder, folder);
      visible.add(Path.of(folder));
    }
    for (String folder : MERGED) {
      Path path = Path.of(folder);
      if (Files.isSymbolicLink(path)) {
        bind(command, "--symlink", Files.readSymbolicLink(path).toString(), folder);
      } else if (Files.isDirectory(path)) {
        bind(command, "--ro-bind", folder, folder);
        visible.add(path);
      }
    }
    return visible;
  }

  /**
   * The scheduler's own folders and files below what is visible. A folder that holds something that
   * a job needs cannot be covered as a whole; the files in it that matter are listed beside it.
   */
  private List<Path> covered(List<Path> visible, JobFolder folder) {
    List<Path> needed = new ArrayList<>(readable);
    needed.add(folder.work());
    for (String system : List.of("/usr", "/etc", "/bin", "/lib", "/dev", "/proc", "/tmp")) {
      needed.add(Path.of(system));
    }
    return hidden.stream()
        .filter(path -> visible.stream().anyMatch(seen -> path.startsWith(seen)))
        .filter(path -> needed.stream().noneMatch(need -> need.startsWith(path)))
        .toList();
  }

  private static void bind(List<String> command, String kind, String from, String to) {
    command.addAll(List.of(kind, from, to));
  }

  /**
   * Runs {@code program} as its user, within its limits.
   *
   * @param inNamespace whether it is root in its own namespace, with the rights of root there
   */
  private List<String> limited(User user, boolean inNamespace, List<String> program) {
    List<String> command = tool("prlimit");
    command.add("--as=" + limits.memory());
    command.add("--cpu=" + limits.cpuSeconds());
    command.add("--fsize=" + limits.fileSize());
    command.add("--nproc=" + (limits.processes() + user.processesBeside()));
    command.addAll(List.of("--core=0", "--"));
    command.addAll(tool("setpriv"));
    if (user.isOwn()) {
      command.addAll(List.of("--reuid=" + user.id(), "--regid=" + user.id(), "--clear-groups"));
    }
    if (user.isOwn() || inNamespace) {
      command.addAll(List.of("--bounding-set=-all", "--inh-caps=-all"));
    }
    command.addAll(List.of("--pdeathsig", "KILL"));
    command.addAll(List.of("--no-new-privs", "--"));
    command.addAll(program);
    return command;
  }

  private static List<String> tool(String name) {
    return new ArrayList<>(List.of(Tools.find(name).orElse(name)));
  }
}
