import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_5dab01d5c76004725159a7fe46d95c66fc11911b {
    static final String base64Bytes = String.join("", "eC8uLi95LyU2JTYyAABlZQCCL3gKUy9hKg==");

    public static void main(String[] args) throws Throwable {
        Crash_5dab01d5c76004725159a7fe46d95c66fc11911b.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.inmesh.client.fuzz.MatchersTarget.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.inmesh.client.fuzz.MatchersTarget.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        io.inmesh.client.fuzz.MatchersTarget.fuzzerTestOneInput(input);
    }
}