package io.actionscheduler.app.lifecycle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that shards cannot be claimed once, however often it is tried, and that they can again. */
final class ClaimFaults {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimFaults.class);

  private boolean told;

  /** A claim failed. */
  synchronized void tell(Exception why) {
    if (!told) {
      told = true;
      LOG.warn("this process cannot claim its shards, and tries again: {}", why.getMessage());
    }
  }

  /** A claim succeeded. */
  synchronized void none() {
    if (told) {
      told = false;
      LOG.info("this process can claim its shards again");
    }
  }
}
