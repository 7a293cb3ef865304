package io.jenkins.plugins.argopreflight.step.login;

import hudson.Extension;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.step.BuildName;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.EndedWork;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/**
 * The clean-up of logins that their block did not revoke. It gives up after a week, long after the tokens have expired.
 */
@Extension
public class EndedLogins extends EndedWork<StoredLogin> {

    private static final Logger LOGGER = Logger.getLogger(EndedLogins.class.getName());
    private static final Duration GIVE_UP = Duration.ofDays(7);

    public EndedLogins() {
        super("Argo Preflight logins of blocks that have ended");
    }

    @Override
    protected List<StoredLogin> records() throws IOException {
        return Logins.get().all();
    }

    @Override
    protected String build(StoredLogin login) {
        return login.build;
    }

    @Override
    protected boolean isEnded(StoredLogin login) {
        return login.ended;
    }

    @Override
    protected void end(StoredLogin login, TaskListener listener, Instant now) throws IOException {
        PrintStream log = new StepLog(listener.getLogger());
        try {
            ClusterConnector connector = ClusterConnector.afterBuild(
                    ClusterChoice.of(Map.of("cluster", login.cluster)),
                    ClusterUse.READ_OR_UNDO,
                    BuildName.run(login.build),
                    BuildName.item(login.build),
                    log);
            LoginWork.revoke(connector, login);
            log.println("The login of a block of build " + login.build + " is revoked");
        } catch (IOException | RuntimeException e) {
            log.println("The login of a block of build " + login.build + ": " + e.getMessage());
            if (Instant.ofEpochSecond(login.created).plus(GIVE_UP).isBefore(now)) {
                LOGGER.warning(() -> "Secret of block " + login.id + " in namespace " + login.namespace
                        + " could not be deleted for a week and is forgotten; its tokens have expired");
                Logins.get().delete(login.id);
            }
        }
    }
}
