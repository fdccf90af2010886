"""What vectorised programs have around their passes: one record a library, as text with places to fill.

`$arguments` are those of the passes, `$output` is the output of each row, and the lines VALUES and GRADIENTS
stand for the passes themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Loop:
    """The text of one library.

    `column` makes an array of numbers below each other, `places` one of places, `zeros` what an optimiser
    remembers at first. `with_data` and `without` are the passes as functions. `norm` is the length of the
    gradient, `smaller` the smaller of two numbers, `decorator` stands above the step of the optimiser.
    `prepared` makes the data of the library of an array of NumPy, `plain` an array of NumPy of the library's;
    `says` is how a line is printed, and `begins` and `ends` are lines of `main`.
    """

    imports: tuple[str, ...]
    set_up: str
    column: str
    places: str
    zeros: str
    with_data: str
    without: str
    norm: str
    smaller: str
    decorator: str = ""
    prepared: str = ""
    plain: str = "np.asarray({0})"
    says: str = "print"
    begins: str = ""
    ends: str = ""


LOAD = '''
def load(path):
    """Returns the columns of a CSV file that are trained on, below each other; its first line names them."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        titles = [title.strip() for title in next(csv.reader(file))]
        places = [titles.index(name) for name in COLUMNS]
        return np.loadtxt(file, delimiter=",", ndmin=2, usecols=places).T
'''
_NUMPY = '''
def loss_and_gradients($arguments):
    """Returns $what, and its gradient by each parameter."""
    VALUES

    GRADIENTS
    return $output.mean(), grad_parameters
'''
_COMPUTE = '''
def compute($arguments):
    """Returns $each."""
    VALUES
    return $output


'''
_TORCH = (
    _COMPUTE
    + '''def loss_and_gradients($arguments):
    """Returns $what, and its gradient by each parameter; each process takes a share."""
    parameters = parameters.detach().requires_grad_()
    $share
    (gradients,) = torch.autograd.grad(loss, parameters)
    loss = loss.detach()
    if PROCESSES > 1:
        torch.distributed.all_reduce(loss)
        torch.distributed.all_reduce(gradients)
    return loss, gradients


def say(*words):
    if PROCESS == 0:
        print(*words, flush=True)
'''
)
_SHARE = """own = data.tensor_split(PROCESSES, dim=1)[PROCESS]
    loss = compute(parameters, own).sum() / data.shape[1]"""
_JAX = (
    _COMPUTE
    + '''def weighted(parameters, data, weights):
    return jnp.sum(weights * compute(parameters, data))


def shared(data):
    """Returns the rows in a share for each device, and their weights; what fills the last one up has none."""
    rows = data.shape[1]
    filled = -(-rows // DEVICES) * DEVICES
    data = np.concatenate([data, np.repeat(data[:, -1:], filled - rows, axis=1)], axis=1)
    weights = np.where(np.arange(filled) < rows, 1 / rows, 0.0)
    keep = jax.pmap(lambda data, weights: (data, weights))
    return keep(data.reshape(len(data), DEVICES, -1).swapaxes(0, 1), weights.reshape(DEVICES, 1, -1))


def summed(parameters, data, weights):
    return jax.lax.psum(jax.value_and_grad(weighted)(parameters, data, weights), "devices")


on_all_devices = jax.pmap(summed, axis_name="devices", in_axes=(None, 0, 0))
on_one_device = jax.jit(jax.value_and_grad(lambda parameters, data: compute(parameters, data).mean()))


def loss_and_gradients(parameters, data):
    """Returns $what, and its gradient by each parameter."""
    if DEVICES == 1:
        return on_one_device(parameters, data)
    loss, gradients = on_all_devices(parameters, *data)
    return loss[0], gradients[0]
'''
)
_JAX_ALONE = (
    _COMPUTE
    + """loss_and_gradients = jax.jit(jax.value_and_grad(lambda parameters: compute(parameters).sum()))
"""
)
_TORCH_SET_UP = """PROCESS = int(os.environ.get("RANK", 0))  # as torchrun sets it
PROCESSES = int(os.environ.get("WORLD_SIZE", 1))
DEVICE = f"cuda:{os.environ.get('LOCAL_RANK', 0)}" if torch.cuda.is_available() else "cpu"
torch.set_default_dtype(torch.float64)
torch.set_default_device(DEVICE)"""

LOOPS: Mapping[str, Loop] = {
    "numpy": Loop(
        ("import numpy as np",),
        'np.seterr(all="ignore")  # infinity and NaN are results here',
        "np.array({0}).reshape(-1, 1)",
        "np.array({0})",
        "np.zeros_like(START)",
        _NUMPY,
        _NUMPY,
        "np.linalg.norm(gradients)",
        "np.minimum({0}, {1})",
    ),
    "torch": Loop(
        ("import torch", "import torch.distributed"),
        _TORCH_SET_UP,
        "torch.tensor({0}).reshape(-1, 1)",
        "torch.tensor({0})",
        "torch.zeros_like(START)",
        _TORCH.replace("$share", _SHARE),
        _TORCH.replace("$share", "loss = compute(parameters).sum() / PROCESSES"),
        "torch.linalg.norm(gradients)",
        "torch.clamp({1}, max={0})",
        "@torch.no_grad()",
        "torch.tensor({0})",
        "{0}.cpu().numpy()",
        "say",
        """if PROCESSES > 1:
    if DEVICE != "cpu":
        torch.cuda.set_device(DEVICE)
    torch.distributed.init_process_group("gloo" if DEVICE == "cpu" else "nccl")
""",
        """if PROCESSES > 1:
    torch.distributed.destroy_process_group()
""",
    ),
    "jax": Loop(
        ("import jax", "import jax.numpy as jnp"),
        'jax.config.update("jax_enable_x64", True)\nDEVICES = jax.local_device_count()',
        "jnp.array({0}).reshape(-1, 1)",
        "np.array({0})",
        "jnp.zeros_like(START)",
        _JAX,
        _JAX_ALONE,
        "jnp.linalg.norm(gradients)",
        "jnp.minimum({0}, {1})",
        "@jax.jit",
        "jnp.array({0}) if DEVICES == 1 else shared({0})",
    ),
}
"""All of them by the word that asks for them."""
