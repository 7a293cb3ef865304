package io.jenkins.plugins.argopreflight.step.login;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.util.secret.TokenMask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A filter that masks tokens in the log of a body. It contains no token, so that it can be stored with the build and
 * sent to agents.
 */
final class TokenFilter extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Masks tokens. The raw type is that of Jenkins' signature. */
    @SuppressWarnings("rawtypes")
    @Override
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new Masked(logger);
    }

    /** A stream that masks tokens line by line. All other bytes stay as they are, in any encoding. */
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
