package dev.cairn.runners.job;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What other schedulers need to run a job: a line of crontab, a timer of systemd, a CronJob of
 * Kubernetes. All of them start {@code cairn job run}, which sees to it that one run works at a
 * time.
 */
public final class ScheduleFiles {
  private static final int MAX_NAME = 52 - "cairn-".length();

  private final JobSpec job;
  private final Schedule schedule;
  private final Path cairn;
  private final Path home;

  /**
   * For a job.
   *
   * @param schedule the job's
   * @param cairn the launcher
   * @param home the store's folder
   */
  public ScheduleFiles(JobSpec job, Schedule schedule, Path cairn, Path home) {
    this.job = job;
    this.schedule = schedule;
    this.cairn = cairn;
    this.home = home;
  }

  /** For {@code crontab -e}. Missed runs are not made up for: cron does not know of any. */
  public String crontab() {
    String command =
        "LC_ALL=C.UTF-8 CAIRN_HOME="
            + quoted(home)
            + " "
            + quoted(cairn)
            + " job run --quiet "
            + quoted(job.file());
    return """
    # %s. CRON_TZ is known to cronie; other crons use the system's time zone.
    CRON_TZ=%s
    %s %s
    """
        .formatted(job.name(), schedule.zone(), schedule.expression(), command.replace("%", "\\%"));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }

  /** A service and a timer, for {@code ~/.config/systemd/user} or {@code /etc/systemd/system}. */
  public String systemd() {
    return """
    # cairn-%1$s.service
    [Unit]
    Description=Cairn job %1$s

    [Service]
    Type=oneshot
    Environment=LC_ALL=C.UTF-8
    Environment=%2$s
    ExecStart=%3$s job run --quiet %4$s
    # Done, and what is queued for the node is tried again by the next run.
    SuccessExitStatus=10

    # cairn-%1$s.timer
    [Unit]
    Description=When Cairn job %1$s runs

    [Timer]
    OnCalendar=%5$s
    Persistent=%6$s

    [Install]
    WantedBy=timers.target
    """
        .formatted(
            job.name(),
            unitQuoted("CAIRN_HOME=" + home),
            unitQuoted(cairn.toString()),
            unitQuoted(job.file().toString()).replace("$", "$$"), // a variable only on this line
            schedule.toCalendar(),
            job.runMissed());
  }

  private static String unitQuoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
  }

  /**
   * A ConfigMap with the job's file and a CronJob that runs it, beside the claim of
   * deploy/nightly.yaml.
   *
   * @param yaml the job's file
   * @param image that has Cairn
   */
  public String kubernetes(String yaml, String image) {
    List<String> lines = yaml.lines().toList();
    String indented =
        lines.stream()
            .map(line -> line.isEmpty() ? "" : "    " + line)
            .collect(Collectors.joining("\n"));
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: cairn-job-%1$s
    data:
      job.yaml: |
    %2$s
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: cairn-%1$s
    spec:
      schedule: "%3$s"
      timeZone: "%4$s"
      concurrencyPolicy: Forbid
      # A run that could not begin by then is %6$s.
      startingDeadlineSeconds: %7$d
      successfulJobsHistoryLimit: 3
      failedJobsHistoryLimit: 3
      jobTemplate:
        spec:
          backoffLimit: 2
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 60
              securityContext:
                runAsNonRoot: true
                runAsUser: 9999
                fsGroup: 9999
              containers:
                - name: cairn
                  image: %5$s
                  # 10 is done, and queued for the node.
                  # The shell passes a request to end on, and waits.
                  command:
                    - sh
                    - -c
                    - |
                      cairn job run /job/job.yaml & run=$!
                      trap 'kill -TERM $run' TERM INT
                      wait $run; code=$?
                      while kill -0 $run 2> /dev/null; do wait $run; code=$?; done
                      [ $code -eq 0 ] || [ $code -eq 10 ]
                  env:
                    - name: CAIRN_HOME
                      value: /data/cairn
                  volumeMounts:
                    - name: store
                      mountPath: /data
                    - name: job
                      mountPath: /job
              volumes:
                - name: store
                  persistentVolumeClaim:
                    claimName: cairn-store
                - name: job
                  configMap:
                    name: cairn-job-%1$s
    """
        .formatted(
            kubernetesName(),
            indented,
            schedule.expression(),
            schedule.zone(),
            image,
            job.runMissed() ? "made up for within a day" : "skipped",
            job.runMissed() ? 86_400 : 300);
  }

  /**
   * A CronJob's name has 52 characters at most, {@code cairn-} among them, and ends in none of -_.
   */
  private String kubernetesName() {
    String name = job.name().replace('_', '-');
    return name.substring(0, Math.min(name.length(), MAX_NAME)).replaceAll("-+$", "");
  }
}
