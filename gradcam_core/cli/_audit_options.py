"""Arguments that choose what an audit computes, shared by ``audit`` and ``inspect``."""

import argparse
import re
from typing import get_args

from gradcam_core.base.types import Engine
from gradcam_core.maps.cams import offered
from gradcam_core.tasks.options import AuditOptions, Maps, Pooling


def add_option_arguments(parser: argparse.ArgumentParser) -> None:
    """One argument per field of ``AuditOptions``; defaults are the fields' own."""
    default = AuditOptions()
    parser.add_argument("--method", choices=offered(), default=default.method)
    parser.add_argument("--fine-method", choices=offered(), default=default.fine_method)
    parser.add_argument("--layer", help="layer of the classic maps, as inspect lists it")
    parser.add_argument("--fine-layer", help="layer of the fine maps")
    parser.add_argument("--explain", default=default.explain, help="predicted, true or a class name")
    parser.add_argument("--maps", choices=get_args(Maps), default=default.maps)
    parser.add_argument(
        "--pooling",
        choices=get_args(Pooling),
        default=default.pooling,
        help="of gradients; sum_abs is Edge Impulse's variant, not class-specific and not scored",
    )
    parser.add_argument("--engine", choices=get_args(Engine), default=default.engine)
    parser.add_argument("--batch-size", type=int, default=default.batch_size)
    parser.add_argument("--trust-code", action="store_true", help="load a model file that holds code")
    parser.add_argument("--output", help="name of the output to explain, where the model has several")
    parser.add_argument(
        "--input-size",
        type=read_size,
        metavar="HEIGHTxWIDTH",
        help="of the network's input, where the model leaves it open",
    )


def read_options(args: argparse.Namespace) -> AuditOptions:
    """The options that the arguments name."""
    return AuditOptions(
        method=args.method,
        fine_method=args.fine_method,
        layer=args.layer,
        fine_layer=args.fine_layer,
        explain=args.explain,
        maps=args.maps,
        pooling=args.pooling,
        engine=args.engine,
        batch_size=args.batch_size,
        trust_code=args.trust_code,
        output=args.output,
        size=args.input_size,
    )


def read_size(text: str) -> tuple[int, int]:
    """(height, width) out of "224x224".

    Raises:
        argparse.ArgumentTypeError: it is written in another way.
    """
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"expected a height and a width such as 224x224, found {text!r}")
    return int(found[1]), int(found[2])
