package dev.cairn.runners.engine.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The command lines of a cluster's processes, as the scripts of Flink's own distribution make them:
 * from one configuration, with the memory that it asks for as flags of the JVM.
 */
final class FlinkCommand {
  private final Path flink;
  private final Path folder;
  private final Map<String, String> settings;

  /**
   * Makes command lines.
   *
   * @param flink the {@code flink} folder of Cairn's distribution
   * @param folder of the cluster, for its logs and temporary files
   * @param settings that all processes have, beside those of {@code flink/conf}
   */
  FlinkCommand(Path flink, Path folder, Map<String, String> settings) {
    this.flink = flink;
    this.folder = folder;
    this.settings = new TreeMap<>(settings);
  }

  List<String> jobManager() {
    Configuration configuration = configuration();
    JobManagerProcessSpec memory =
        JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
            configuration, JobManagerOptions.JVM_HEAP_MEMORY);
    List<String> command =
        java(
            ClusterState.JOB_MANAGER,
            JobManagerProcessUtils.generateJvmParametersStr(memory, configuration),
            List.of());
    command.add(StandaloneSessionClusterEntrypoint.class.getName());
    command.addAll(List.of("--configDir", flink.resolve("conf").toString()));
    command.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    settings.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
    return command;
  }

  /**
   * A TaskManager. The JVM is told to use as many processors as it has slots: inference is as wide
   * as that.
   */
  List<String> taskManager(String name, String resourceId, int slots) {
    Configuration configuration = configuration();
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    List<String> command =
        java(
            name,
            ProcessMemoryUtils.generateJvmParametersStr(memory),
            List.of("-XX:ActiveProcessorCount=" + slots));
    command.add(TaskManagerRunner.class.getName());
    command.addAll(List.of("--configDir", flink.resolve("conf").toString()));
    command.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    settings.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
    command.addAll(List.of("-D", TaskManagerOptions.NUM_TASK_SLOTS.key() + "=" + slots));
    command.addAll(
        List.of("-D", TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key() + "=" + resourceId));
    return command;
  }

  private Configuration configuration() {
    Configuration configuration =
        GlobalConfiguration.loadConfiguration(flink.resolve("conf").toString());
    settings.forEach(configuration::setString);
    return configuration;
  }

  private List<String> java(String name, String memory, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(words(memory));
    command.addAll(more);
    command.addAll(words(configuration().get(CoreOptions.FLINK_JVM_OPTIONS)));
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    command.add("-Dlog.file=" + folder.resolve("log").resolve(name + ".log"));
    command.add("-Dlog4j.configurationFile=" + flink.resolve("conf/log4j.properties").toUri());
    command.add("-cp");
    command.add(
        flink.resolve("engine")
            + "/*:"
            + flink.resolve("server")
            + "/*:"
            + flink.resolve("lib")
            + "/*");
    return command;
  }

  private static List<String> words(String line) {
    String words = line.strip();
    return words.isEmpty() ? List.of() : List.of(words.split("\\s+"));
  }
}
