package io.jenkins.plugins.argopreflight.step.secret;

import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Jenkins for all tests of a class, with a namespace of a real API server for each test. */
@NeedsServers(Server.CLUSTER)
@WithJenkins
abstract class SharedJenkins {

    static JenkinsRule jenkins;

    SecretLab lab;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void connect() throws Exception {
        lab = new SecretLab();
        lab.configure();
    }
}
