# The scheduler with Python for jobs that run code. Build it with: docker build -t action-scheduler .
#
#   docker run -p 8000:8000 -v ./config.yaml:/etc/action-scheduler/config.yaml:ro -v data:/var/lib/action-scheduler action-scheduler
#
# Paths of SQLite files in config.yaml are relative to /var/lib/action-scheduler, which is a volume.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml LICENSE README.md CHANGELOG.md sample_actions.yaml ./
COPY bin bin
COPY docs docs
COPY packaging packaging
COPY sample_configs sample_configs
COPY src src
RUN mvn -B -ntp -DskipTests -Dmaven.test.skip=true package

FROM eclipse-temurin:17-jre
# tzdata: zones of programs that jobs start; the scheduler's own are in the Java runtime.
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap python3 tzdata util-linux \
  && rm -rf /var/lib/apt/lists/* \
  && groupadd --system --gid 990 action-scheduler \
  && useradd --system --uid 990 --gid 990 --home-dir /var/lib/action-scheduler --shell /usr/sbin/nologin action-scheduler \
  && install -d -m 0750 -o action-scheduler -g action-scheduler /var/lib/action-scheduler /var/cache/action-scheduler
COPY --from=build /build/target/action-scheduler.jar /usr/share/action-scheduler/lib/action-scheduler.jar
COPY --from=build /build/bin/action-scheduler /usr/share/action-scheduler/bin/action-scheduler
COPY --from=build /build/packaging/docker/healthcheck.py /usr/share/action-scheduler/lib/healthcheck.py
COPY --from=build /build/packaging/docker/config.yaml /etc/action-scheduler/config.yaml
RUN ln -s /usr/share/action-scheduler/bin/action-scheduler /usr/bin/action-scheduler
ENV LANG=C.UTF-8 ACTION_SCHEDULER_CACHE=/var/cache/action-scheduler
USER action-scheduler
WORKDIR /var/lib/action-scheduler
# The archive of classes that halves the time of a start is made once, here.
RUN ["action-scheduler", "--version"]
VOLUME /var/lib/action-scheduler
EXPOSE 8000
# Without the HTTP API there is nothing to ask: then the check says that all is well.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python3", "/usr/share/action-scheduler/lib/healthcheck.py"]
ENTRYPOINT ["action-scheduler", "--config", "/etc/action-scheduler/config.yaml"]
