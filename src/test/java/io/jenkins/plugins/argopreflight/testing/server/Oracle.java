package io.jenkins.plugins.argopreflight.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program under tools/oracle that answers one JSON line for each JSON line, as the top of its main.go describes. */
public final class Oracle implements AutoCloseable {

    private final String name;
    private final Process process;

    private Oracle(String name) {
        this.name = name;
        try {
            ProcessBuilder program =
                    new ProcessBuilder(ServerBinaries.require(name)).redirectError(ProcessBuilder.Redirect.INHERIT);
            // It keeps little and makes much: the collector of garbage would take a third of its time.
            program.environment().put("GOGC", "800");
            program.environment().put("GOMAXPROCS", RealServer.PROCESSORS);
            process = program.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the oracle for the credentials that the kubelet presents for an image, in order. */
    public static Oracle kubelet() {
        return new Oracle("oracle-kubelet");
    }

    /** Returns the oracle for the credential with which Argo's controller looks an image up. */
    public static Oracle controller() {
        return new Oracle("oracle-controller");
    }

    /** Returns the oracle for the result of argo lint for a file. */
    public static Oracle lint() {
        return new Oracle("oracle-lint");
    }

    /**
     * Returns the oracle for the answer of Pod Security admission to a pod, and for the form of quantities in
     * Kubernetes.
     */
    public static Oracle podSecurity() {
        return new Oracle("oracle-podsecurity");
    }

    /** Returns the oracle for the result of Go's regexp for an expression and a text. */
    public static Oracle regexp() {
        return new Oracle("oracle-regexp");
    }

    /** The answers, one a question, in order; may be called again. A question must be one line. */
    public synchronized List<String> ask(List<String> questions) {
        var writing = CompletableFuture.runAsync(() -> write(questions));
        var answers = new ArrayList<String>(questions.size());
        try {
            BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
            while (answers.size() < questions.size()) {
                String line = reader.readLine();
                if (line == null) {
                    throw new IllegalStateException(
                            name + " ended after " + answers.size() + " of " + questions.size() + " answers");
                }
                answers.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writing.join();
        return answers;
    }

    private void write(List<String> questions) {
        try {
            Writer writer = process.outputWriter(StandardCharsets.UTF_8);
            for (String question : questions) {
                writer.write(question);
                writer.write('\n');
            }
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
