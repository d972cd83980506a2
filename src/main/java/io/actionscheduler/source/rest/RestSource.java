package io.actionscheduler.source.rest;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.source.KnownNames;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.util.Optional;

/** The entries that a REST service lists. */
public final class RestSource implements ActionSource {
  private final RestSettings settings;
  private final Service service;
  private final EntryReader entries;
  private final RowReader reader;
  private Snapshot given; // the last one that was made here; null before the first
  private Optional<String> etag = Optional.empty(); // of the list that it was made of
  private KnownNames.Names names; // that entries could have when it was made

  /**
   * @param known the names of all callbacks and calendars
   */
  public RestSource(RestSettings settings, CronReader crons, KnownNames known) {
    this.settings = requireNonNull(settings, "settings is null");
    this.service = new Service(settings.access());
    RestSettings.Entries meaning = settings.entries();
    RowDefaults defaults =
        new RowDefaults(
            meaning.mergeMissed(),
            meaning.actualityTime(),
            meaning.zone(),
            meaning.callbacks(),
            known);
    this.reader = new RowReader(crons, defaults);
    this.entries = new EntryReader(settings.name(), meaning.fields(), reader);
  }

  @Override
  public String name() {
    return settings.name();
  }

  /** Takes as long as all tries and the pauses between them. */
  @Override
  public Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException {
    KnownNames.Names known = reader.names();
    boolean isKnown = last == given && known == names;
    Optional<Listing> listing = list(isKnown ? etag : Optional.empty());
    if (listing.isEmpty()) {
      return Optional.empty();
    }
    Snapshot read = entries.read(listing.get().entries(), last.actions(), now);
    etag = listing.get().etag();
    names = known;
    if (last == given && isSame(read, last)) {
      return Optional.empty();
    }
    given = read;
    return Optional.of(read);
  }

  private Optional<Listing> list(Optional<String> known) throws SourceException {
    try {
      for (int tries = 1; ; tries++) {
        try {
          return Listing.read(service, settings, known);
        } catch (ServiceFault e) {
          if (e.isMisconfigured()) {
            throw SourceException.misconfigured(told(e, tries), e);
          }
          if (tries >= settings.access().tries()) {
            throw SourceException.unavailable(told(e, tries), e);
          }
          Thread.sleep(settings.access().between().toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SourceException.unavailable("stopped while it was asked", e);
    }
  }

  private String told(ServiceFault fault, int tries) {
    return settings.prefix()
        + ": "
        + settings.list()
        + " "
        + fault.getMessage()
        + (tries == 1 ? "" : " (" + tries + " tries)");
  }

  private static boolean isSame(Snapshot read, Snapshot last) {
    if (read.actions().size() != last.actions().size()
        || !read.rejections().equals(last.rejections())) {
      return false;
    }
    for (int i = 0; i < read.actions().size(); i++) {
      if (read.actions().get(i) != last.actions().get(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    given = null; // as large as the list
  }
}
