"""Convening: occasions on which people make sense together, create together, look again and reflect.

Source: the paper, "Convening": instigating and sometimes maintaining such occasions among all the appropriate and
necessary people.
"""
