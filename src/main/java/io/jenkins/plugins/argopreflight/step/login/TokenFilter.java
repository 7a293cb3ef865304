package io.jenkins.plugins.argopreflight.step.login;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.secret.TokenMask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** Masks tokens in the log of a body. It holds none, so that it can be stored with the build and sent to agents. */
final class TokenFilter extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;

    /** As in Jenkins, where the type has a parameter. */
    @SuppressWarnings("rawtypes")
    @Override
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new Masked(logger);
    }

    /** Line by line; bytes that are no token stay as they are, in whatever encoding. */
    private static final class Masked extends LineTransformationOutputStream.Delegating {

        Masked(OutputStream out) {
            super(out);
        }

        @Override
        protected void eol(byte[] bytes, int length) throws IOException {
            String line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            out.write(TokenMask.mask(line).getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
