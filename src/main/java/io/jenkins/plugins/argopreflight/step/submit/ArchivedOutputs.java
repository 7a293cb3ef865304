package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.file.FileName;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.submit.artifact.OutputArchive;
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

/** Copies output artifacts of a workflow into the artifacts of its build, through Argo Server, within limits. */
final class ArchivedOutputs {

    private static final Logger LOGGER = Logger.getLogger(ArchivedOutputs.class.getName());

    private final ClusterConnector connector;
    private final StepContext context;

    ArchivedOutputs(ClusterConnector connector, StepContext context) {
        this.connector = connector;
        this.context = context;
    }

    /** @throws AbortException when no Argo Server is configured */
    static void check(StepCluster cluster, List<String> wanted) throws AbortException {
        boolean none = cluster.configuration()
                .map(each -> each.getArgoServer().isEmpty())
                .orElse(true);
        if (!wanted.isEmpty() && none) {
            throw new AbortException(Messages.ArchivedOutputs_noServer());
        }
    }

    /**
     * Copies them, all or none.
     *
     * @param wanted names, or {@code NODE/NAME}
     * @param say hears what came of it
     * @return what went wrong, in a sentence; "" when nothing did
     */
    String problem(ObjectNode workflow, List<String> wanted, Consumer<String> say) {
        String problem;
        try {
            int files = copy(workflow, wanted);
            say.accept(Messages.ArchivedOutputs_done(files));
            return "";
        } catch (IOException | ClusterException e) {
            problem = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            // By its class only: a message might quote a secret.
            LOGGER.log(Level.WARNING, "output artifacts could not be archived", e);
            problem = Messages.ArchivedOutputs_internal(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = Messages.ArchivedOutputs_interrupted();
        }
        String sentence =
                Messages.ArchivedOutputs_failed(Objects.namespace(workflow) + "/" + Objects.name(workflow), problem);
        say.accept(sentence);
        return sentence;
    }

    private int copy(ObjectNode workflow, List<String> wanted) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        Path temporary = Files.createTempDirectory(run.getRootDir().toPath(), "argo-outputs");
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT);
                ArgoServer server = cluster.argo()
                        .connect()
                        .orElseThrow(() -> new AbortException(Messages.ArchivedOutputs_serverGone()))) {
            Path folder = Files.createDirectory(FileName.in(temporary, "outputs"));
            List<String> names = new OutputArchive(server, cluster::forLog).copy(workflow, wanted, temporary, folder);
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
