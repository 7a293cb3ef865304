package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.OutputArchive;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The copying of a workflow's output artifacts into the artifacts of its build, through Argo Server and within limits.
 */
final class ArchivedOutputs {

    private static final Logger LOGGER = Logger.getLogger(ArchivedOutputs.class.getName());

    private final ClusterConnector connector;
    private final StepContext context;

    ArchivedOutputs(ClusterConnector connector, StepContext context) {
        this.connector = connector;
        this.context = context;
    }

    /**
     * Checks that an Argo Server is configured if artifacts are requested.
     *
     * @throws AbortException if none is configured
     */
    static void check(StepCluster cluster, List<String> names) throws AbortException {
        boolean none = cluster.configuration()
                .map(each -> each.getArgoServer().isEmpty())
                .orElse(true);
        if (!names.isEmpty() && none) {
            throw new AbortException(Messages.ArchivedOutputs_noServer());
        }
    }

    /**
     * Copies the artifacts, either all or none.
     *
     * @param names names, or {@code NODE/NAME}
     * @param output receives a sentence with the result
     * @return the problem as a sentence; "" if there was none
     */
    String problem(ObjectNode workflow, List<String> names, Consumer<String> output) {
        String problem;
        try {
            int files = copy(workflow, names);
            output.accept(Messages.ArchivedOutputs_done(files));
            return "";
        } catch (IOException | ClusterException e) {
            problem = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            // The sentence has only the class, since the message could contain a secret.
            LOGGER.log(Level.WARNING, "output artifacts could not be archived", e);
            problem = Messages.ArchivedOutputs_internal(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = Messages.ArchivedOutputs_interrupted();
        }
        String sentence = Messages.ArchivedOutputs_failed(
                KubeObjects.namespace(workflow) + "/" + KubeObjects.name(workflow), problem);
        output.accept(sentence);
        return sentence;
    }

    private int copy(ObjectNode workflow, List<String> artifacts) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        Path temporary = Files.createTempDirectory(run.getRootDir().toPath(), "argo-outputs");
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT);
                ArgoServer server = cluster.argo()
                        .connect()
                        .orElseThrow(() -> new AbortException(Messages.ArchivedOutputs_serverGone()))) {
            Path folder = Files.createDirectory(FileName.in(temporary, "outputs"));
            List<String> names =
                    new OutputArchive(server, cluster::forLog).copy(workflow, artifacts, temporary, folder);
            FilePath files = new FilePath(folder.toFile());
            TaskListener listener = context.get(TaskListener.class);
            run.pickArtifactManager()
                    .archive(
                            files,
                            files.createLauncher(listener),
                            BuildListenerAdapter.wrap(listener),
                            names.stream().collect(Collectors.toMap(Function.identity(), Function.identity())));
            return names.size();
        } catch (KubeconfigException e) {
            throw new AbortException(e.getMessage());
        } finally {
            new FilePath(temporary.toFile()).deleteRecursive();
        }
    }
}
