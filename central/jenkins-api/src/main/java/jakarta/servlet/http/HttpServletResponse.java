package jakarta.servlet.http;

import jakarta.servlet.ServletResponse;
import java.io.IOException;

public interface HttpServletResponse extends ServletResponse {

    void sendError(int sc, String msg) throws IOException;

    void setHeader(String name, String value);
}
