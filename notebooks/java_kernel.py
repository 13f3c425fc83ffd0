"""Jupyter kernel "Java with Spark": hands the cells to Cells.java, whose class path holds Spark and the application."""

import codecs
import os
import pathlib
import subprocess

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

HERE = pathlib.Path(__file__).resolve().parent
DIST = HERE.parent / "target" / "dist"
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"


class JavaKernel(Kernel):
    implementation = "etroc-java"
    implementation_version = "1"
    banner = "Java with Spark"
    language_info = {"name": "java", "mimetype": "text/x-java-source", "file_extension": ".jshell"}

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.jvm = subprocess.Popen(
            [
                JAVA,
                f"@{DIST}/conf/java-options",
                "-Xmx2g",
                f"-Dlog4j2.configurationFile={DIST}/conf/log4j2.properties",
                "-cp",
                f"{DIST}/jars/*",
                str(HERE / "Cells.java"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False):
        try:
            self.jvm.stdin.write(code.encode() + b"\0")
            self.jvm.stdin.flush()
            wrong = self._answer(silent)
        except (BrokenPipeError, EOFError, KeyboardInterrupt):
            self.jvm.kill()
            wrong = "the Java shell has ended; restart the kernel"
        if not wrong:
            return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}
        error = {"ename": "Java", "evalue": wrong.splitlines()[0], "traceback": wrong.splitlines()}
        self.send_response(self.iopub_socket, "error", error)
        return {"status": "error", "execution_count": self.execution_count, **error}

    def _answer(self, silent):
        """Passes on what the cell prints until it has ended; what was wrong, or nothing."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        pending = ""
        while pending.count("\0") < 2:
            chunk = os.read(self.jvm.stdout.fileno(), 65536)
            if not chunk:
                raise EOFError
            pending += decoder.decode(chunk)
            printed, mark, rest = pending.partition("\0")
            if printed and not silent:
                self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": printed})
            pending = mark + rest
        return pending.split("\0")[1]

    def do_shutdown(self, restart):
        self.jvm.kill()
        self.jvm.wait()
        return {"status": "ok", "restart": restart}


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=JavaKernel)
