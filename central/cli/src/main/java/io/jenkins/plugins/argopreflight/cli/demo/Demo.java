package io.jenkins.plugins.argopreflight.cli.demo;

import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import java.util.Locale;

/** The demo: creates its registry and cluster, shows the story, and prints the number of checked statements. */
public final class Demo {

    private final Terminal terminal;

    public Demo(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs the demo. The exit code is 0 only if every statement was true. */
    public int run() {
        long start = System.nanoTime();
        Narrator narrator = new Narrator(terminal);
        try (DemoStage stage = new DemoStage()) {
            narrator.say("In this process: a registry with token authentication, " + DemoStage.REGISTRY + "\nat "
                    + stage.registryUrl() + ", and a small cluster.");
            new DemoStory(stage, narrator).play();
        } catch (DemoException e) {
            terminal.err().println("argo-preflight demo: " + e.getMessage());
            return Exit.FINDINGS;
        }
        narrator.chapter("The end");
        narrator.say(String.format(
                Locale.ROOT,
                "%d statements, each one checked, in %.1f s. On your own cluster:",
                narrator.checked(),
                (System.nanoTime() - start) / 1e9));
        narrator.command("argo-preflight sync --help");
        return Exit.OK;
    }
}
